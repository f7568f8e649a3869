"""Programmes and texts are published in versions, which nobody edits; a practice goes on with its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.training.inductions.actions import (
    add_item,
    change_item,
    drop_item,
    load_inductions,
    take_programme,
    write_text,
)
from preceptor.training.inductions.domain import Item, ItemKind, Stage, Text, Who
from preceptor.training.inductions.domain.programme import fitting
from preceptor.training.inductions.domain.published import Published
from preceptor.training.inductions.domain.reading import National, NationalProgramme, read_inductions
from preceptor.training.inductions.models import ProgrammeVersion
from preceptor.training.inductions.queries import (
    programme_at,
    programmes_at,
    text_versions,
    texts_at,
    versions_of,
)
from tests.cast import ALDER, BUILDER, signed_in
from tests.rooms.inducted import Inducted, national, write_different

pytestmark = pytest.mark.django_db

BEEP = Item("new", "The beep of the front door", ItemKind.SHOWN, Stage.WEEK, Who.BUDDY, 5)


def at_alder(inducted: Inducted, key: str = "receptionist") -> Published:
    return programme_at(Scope(frozenset({inducted.cast.alder})), inducted.cast.alder, key)


def newer(key: str) -> National:
    (one,) = (each for each in national().programmes if each.programme.key == key)
    programme = replace(one.programme, note="Newer")
    return National((NationalProgramme(one.version + 1, programme),), ())


def test_seven_programmes_are_shipped_each_with_data_security_and_a_signature_at_the_end() -> None:
    programmes = [one.programme for one in national().programmes]

    assert {one.key for one in programmes} == {
        *("receptionist", "practice-nurse", "gp", "locum-gp", "medical-student", "arrs-pharmacist", "manager"),
    }
    for one in programmes:
        assert [each.key for each in one.items if each.stays] == [
            *("data-security-induction", "data-security", "sign-off"),
        ]
        assert {each.text for each in one.items if each.text} <= {"confidentiality", "different", "messages"}
    by_role = {role: fitting(programmes, role, "employed") for role in ("receptionist", "pharmacist", "gp-salaried")}
    assert {role: one.key for role, one in by_role.items() if one} == {
        "receptionist": "receptionist",
        "pharmacist": "arrs-pharmacist",
        "gp-salaried": "gp",
    }


def test_loading_twice_changes_nothing_and_other_words_need_another_number(inducted: Inducted) -> None:
    assert load_inductions(by=BUILDER, at=inducted.now, national=national()) == 0

    (one,) = newer("gp").programmes
    with pytest.raises(Refusal, match="Raise “version”"):
        load_inductions(by=BUILDER, at=inducted.now, national=National((replace(one, version=one.version - 1),), ()))
    assert load_inductions(by=BUILDER, at=inducted.now, national=newer("gp")) == 1


def test_what_is_wrong_in_a_file_is_named_by_line() -> None:
    files = {
        "inductions/texts.yaml": "- {key: a, title: A, version: 1, minutes: 1, source: nhse, verified: false}\n",
        "inductions/gp.yaml": (
            "key: gp\ntitle: GP\nversion: 1\nnote: N\nroles: [nobody]\ncompletes: practice-induction\n"
            "source: common-practice\nverified: false\nitems:\n"
            "  - {key: a, title: A, kind: shown, stage: month, minutes: 1, skills: [b], subject: fire-safety}\n"
            "  - {key: a, title: B, kind: read, stage: log-in, minutes: 1}\n"
        ),
    }

    with pytest.raises(CatalogueError) as wrong:
        read_inductions(files, catalogue_in(), frozenset({"b"}))

    said = str(wrong.value)
    for words in (
        *("“lines” must hold", "no role is called “nobody”", "hold “a” twice", "data security that stays"),
        *("end with the one sign-off", "order of their stages", "goes with the kind “skills”", "makes a record"),
    ):
        assert words in said
    assert "inductions/gp.yaml:10" in said


def test_a_practice_goes_on_with_versions_of_its_own(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth.viewer, inducted.cast.alder, inducted.now
    first = at_alder(inducted)
    running = inducted.begins(inducted.cast.tomasz)

    added = add_item(by=ruth, at=at, organisation=alder, programme=first.id, item=BEEP, reason="Nobody heard it")
    room = at_alder(inducted).programme.item("room")
    assert room is not None
    renamed = replace(room, title="Rooms and exits")
    change_item(by=ruth, at=at, organisation=alder, programme=added, item=renamed, reason="There are two")
    drop_item(by=ruth, at=at, organisation=alder, programme=at_alder(inducted).id, item="callers", reason="Elsewhere")

    versions = versions_of(ruth.scope(Can.SEE_INDUCTIONS), alder, "receptionist")
    assert [(one.number, one.changed) for one in versions] == [
        (4, "“Calls, the desk and difficult moments” is dropped"),
        (3, "“Room, panic button, fire exits”: now called “Rooms and exits”"),
        (2, "“The beep of the front door” is added"),
        (1, "National version 2 is taken as it is"),
    ]
    assert inducted.course(running).begun.programme == first.programme


def test_a_newer_national_version_is_offered_and_taken(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth.viewer, inducted.cast.alder, inducted.now
    add_item(by=ruth, at=at, organisation=alder, programme=at_alder(inducted).id, item=BEEP, reason="Nobody heard it")
    with pytest.raises(Refusal, match="already"):
        take_programme(by=ruth, at=at, organisation=alder, key="receptionist")

    load_inductions(by=BUILDER, at=at, national=newer("receptionist"))

    assert at_alder(inducted).is_behind
    take_programme(by=ruth, at=at, organisation=alder, key="receptionist")
    now = at_alder(inducted)
    assert (now.is_behind, now.number, now.programme.note) == (False, 3, "Newer")


def test_what_does_not_go_is_refused_in_words(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth.viewer, inducted.cast.alder, inducted.now
    now = at_alder(inducted)

    def drops(item: str, reason: str = "No time") -> Callable[[], object]:
        return lambda: drop_item(by=ruth, at=at, organisation=alder, programme=now.id, item=item, reason=reason)

    for match, act in (
        ("cannot be dropped", drops("data-security")),
        ("cannot be dropped", drops("sign-off")),
        ("no such item", drops("nothing")),
        ("Say why", drops("callers", " ")),
        ("no national programme", lambda: take_programme(by=ruth, at=at, organisation=alder, key="nobody")),
    ):
        with pytest.raises(Refusal, match=match):
            act()
    drops("callers")()
    with pytest.raises(Refusal, match="newer version"):
        drops("online")()
    assert ProgrammeVersion.objects.filter(owner=alder).count() == 2


def test_a_text_is_the_practices_own_once_it_is_written(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth.viewer, inducted.cast.alder, inducted.now
    assert not texts_at(alder)["confidentiality"].is_own

    text = Text("confidentiality", "Confidentiality statement", 5, ("Ours",))
    write_text(by=ruth, at=at, organisation=alder, text=text, seen=0, reason="In our words")

    held = texts_at(alder)["confidentiality"]
    assert (held.is_own, held.name, held.text.lines) == (True, "Confidentiality statement, version 1", ("Ours",))
    assert texts_at(inducted.cast.birch)["confidentiality"].text.lines != ("Ours",)
    assert texts_at(alder, at - timedelta(days=1))["confidentiality"].is_own is False
    for match, seen, lines, reason in (
        ("newer version", 0, ("Other",), "Why not"),
        ("Nothing is different", 1, ("Ours",), "Why not"),
        ("Write what", 1, (), "Why not"),
        ("Say why", 1, ("Other",), " "),
    ):
        with pytest.raises(Refusal, match=match):
            write_text(by=ruth, at=at, organisation=alder, text=replace(text, lines=lines), seen=seen, reason=reason)
    assert len(text_versions(ruth.scope(Can.SEE_INDUCTIONS), alder, "confidentiality")) == 1


def test_the_wrong_person_changes_and_reads_nothing(inducted: Inducted) -> None:
    cast, at = inducted.cast, inducted.now
    with pytest.raises(Http404):
        take_programme(by=cast.owen.viewer, at=at, organisation=cast.alder, key="gp")
    with pytest.raises(PermissionDenied):
        take_programme(by=cast.aisha.viewer, at=at, organisation=cast.alder, key="gp")
    scope = cast.owen.viewer.scope(Can.SEE_INDUCTIONS)
    for read in (
        lambda: programmes_at(scope, cast.alder),
        lambda: versions_of(scope, cast.alder, "gp"),
        lambda: text_versions(scope, cast.alder, "different"),
    ):
        with pytest.raises(Http404):
            read()


def test_pages_refuse_too_much_and_keep_what_was_typed(inducted: Inducted, client: Client) -> None:
    signed_in(client, inducted.cast.ruth)
    lines = "\n".join(f"Thing {number}" for number in range(4))
    different = reverse("inductions:write", args=[ALDER, "different"])
    four = client.post(different, {"title": "Different", "lines": lines, "minutes": "3", "reason": "Asked"})
    new = client.post(
        reverse("inductions:write", args=[ALDER, "new"]),
        {"title": "How we answer the phone", "lines": "With our name", "minutes": "2", "reason": "Asked"},
    )
    item = client.post(
        reverse("inductions:add-item", args=[ALDER, "receptionist"]),
        {"title": "Read it", "kind": "read", "stage": "week", "who": "person", "minutes": "2", "reason": "Asked"},
    )

    assert "Write at most 3 things" in four.content.decode()
    assert "Thing 3" in four.content.decode()
    assert new["Location"] == reverse("inductions:text", args=[ALDER, "how-we-answer-the-phone"])
    assert "Choose which text is read" in item.content.decode()


def test_pages_cost_the_same_for_one_version_and_for_three(inducted: Inducted, client: Client) -> None:
    signed_in(client, inducted.cast.ruth)
    counted = []
    for seen in (1, 2):
        for address in (
            reverse("inductions:programmes", args=[ALDER]),
            reverse("inductions:text", args=[ALDER, "different"]),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted.append(len(queries))
        write_different(inducted.cast.alder, inducted.now, seen=seen, line=f"Line {seen}")

    assert counted[:2] == counted[2:]


def test_the_command_checks_and_loads(inducted: Inducted, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inductions", "check")
    call_command("inductions", "load")

    assert capsys.readouterr().out.splitlines() == [
        "The programmes are sound: 7 programmes, 2 texts.",
        "Nothing has changed.",
    ]
    load_inductions(by=BUILDER, at=inducted.now, national=newer("gp"))
    with pytest.raises(CommandError, match="Raise “version”"):
        call_command("inductions", "load")
