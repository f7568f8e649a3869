"""Names in files that no subject goes by: said once, known from then on, and taken back."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.records.actions import answer_name, forget_name, import_records, pick_names
from preceptor.compliance.records.domain.imports import NO_OPTIONS, Pick, Plan, meaning
from preceptor.compliance.records.models import NamePick, Record
from preceptor.compliance.records.queries import import_plan, names_asked, names_said
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import hold
from preceptor.foundation.gates import acting
from tests.cast import ALDER, NOW, TODAY, Cast, signed_in
from tests.rooms.records.conftest import Ledger

ODD = (
    b"email,subject,completed on\n"
    b"tomasz.nowak@example.nhs.uk,Fire and blaze evening,19/11/2026\n"
    b"aisha.rahman@example.nhs.uk,Juggling,03/05/2026\n"
)
FIRE = (Pick.SUBJECT, meaning("fire-safety", 1))
CHECK, NAMES = f"/practices/{ALDER}/records/import/check/", f"/practices/{ALDER}/records/import/names/"


def _plan(cast: Cast) -> Plan:
    return import_plan(EVERYWHERE, cast.alder, "a.csv", ODD, today=TODAY, importer=cast.ruth.person, options=NO_OPTIONS)


def _say(cast: Cast, **picks: object) -> int:
    said = {words.replace("_", " "): pick for words, pick in picks.items()}
    return pick_names(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, picks=said)  # type: ignore[arg-type] # picks


def test_what_was_said_is_kept_with_who_and_when_and_only_once(cast: Cast, ledger: Ledger) -> None:
    assert _say(cast, Juggling=(Pick.LEAVE_OUT, None), Fire_and_blaze_evening=FIRE) == 2
    assert _say(cast, JUGGLING=(Pick.LEAVE_OUT, None)) == 0

    said = names_said(EVERYWHERE, cast.alder)
    assert {one.words: (one.pick, one.means, one.at, one.by) for one in said.values()} == {
        "Juggling": (Pick.LEAVE_OUT, None, NOW, "Ruth Okafor"),
        "Fire and blaze evening": (*FIRE, NOW, "Ruth Okafor"),
    }
    assert names_said(EVERYWHERE, cast.birch) == {}


def test_the_next_file_knows_it_and_the_same_file_twice_changes_nothing(cast: Cast, ledger: Ledger) -> None:
    assert (_plan(cast).new, len(_plan(cast).problems)) == ((), 2)
    _say(cast, Juggling=(Pick.LEAVE_OUT, None), Fire_and_blaze_evening=FIRE)
    plan = _plan(cast)

    import_records(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        file=hold(ODD, "a.csv", NOW),
        options=NO_OPTIONS,
        agreed=plan.digest,
    )

    assert [new.achievement.subject for new in plan.new] == ["fire-safety"]
    assert list(Record.objects.values_list("subject_id", flat=True)) == ["fire-safety"]
    again = _plan(cast)
    assert (again.new, again.already_count, again.problems) == ((), 1, ())


def test_taken_back_it_is_asked_again_and_what_was_said_stays_in_the_ledger(cast: Cast, ledger: Ledger) -> None:
    _say(cast, Juggling=(Pick.LEAVE_OUT, None))

    forget_name(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, words="juggling")

    assert names_said(EVERYWHERE, cast.alder) == {}
    assert [one.words for one in _plan(cast).unknown] == ["Fire and blaze evening", "Juggling"]
    assert NamePick.objects.count() == 2
    with pytest.raises(Refusal, match="taken back already"):
        forget_name(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, words="Juggling")


def test_the_hub_is_asked_and_its_answer_is_known_to_the_practice(cast: Cast, ledger: Ledger) -> None:
    _say(cast, Juggling=(Pick.ASK, None))
    asked = [(place.code, one.words) for place, one in names_asked(cast.gareth.viewer.scope(Can.APPROVE_EQUIVALENCES))]

    answer_name(by=cast.gareth.viewer, at=NOW, organisation=cast.alder, words="Juggling", pick=Pick.LEAVE_OUT)

    assert asked == [(ALDER, "Juggling")]
    assert names_asked(EVERYWHERE) == []
    assert [(one.pick, one.by) for one in names_said(EVERYWHERE, cast.alder).values()] == [
        (Pick.LEAVE_OUT, "Gareth Pugh")
    ]
    with pytest.raises(Refusal, match="Nobody waits"):
        answer_name(by=cast.gareth.viewer, at=NOW, organisation=cast.alder, words="Juggling", pick=Pick.LEAVE_OUT)


def test_the_wrong_person_says_takes_back_and_answers_nothing(cast: Cast, ledger: Ledger) -> None:
    _say(cast, Juggling=(Pick.ASK, None))
    leave_out = {"Juggling": (Pick.LEAVE_OUT, None)}

    for member in (cast.aisha, cast.gareth):
        with pytest.raises(PermissionDenied):
            pick_names(by=member.viewer, at=NOW, organisation=cast.alder, picks=leave_out)
    for member in (cast.owen, cast.lorna, cast.nadia):
        with pytest.raises(Http404):
            pick_names(by=member.viewer, at=NOW, organisation=cast.alder, picks=leave_out)
        with pytest.raises(Http404):
            forget_name(by=member.viewer, at=NOW, organisation=cast.alder, words="Juggling")
    with pytest.raises(PermissionDenied):
        answer_name(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, words="Juggling", pick=Pick.LEAVE_OUT)
    assert [one.pick for one in names_said(EVERYWHERE, cast.alder).values()] == [Pick.ASK]


@pytest.mark.parametrize(
    ("words", "pick"),
    [
        ("", (Pick.LEAVE_OUT, None)),
        ("x" * 201, (Pick.LEAVE_OUT, None)),
        ("Juggling", (Pick.SUBJECT, None)),
        ("Juggling", (Pick.SUBJECT, meaning("juggling", 1))),
        ("Juggling", (Pick.SUBJECT, meaning("fire-safety", 7))),
        ("Juggling", (Pick.ASK, meaning("fire-safety", 1))),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, ledger: Ledger, words: str, pick: object) -> None:
    with pytest.raises(Refusal):
        pick_names(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, picks={words: pick})  # type: ignore[dict-item] # wrong on purpose
    assert names_said(EVERYWHERE, cast.alder) == {}


def test_the_ledger_of_names_refuses_to_be_rewritten(cast: Cast, ledger: Ledger) -> None:
    _say(cast, Juggling=(Pick.LEAVE_OUT, None))

    for change in (lambda: NamePick.objects.update(words="x"), lambda: NamePick.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic(), acting():
            change()


def _uploaded(client: Client, cast: Cast) -> str:
    """The address of the check of a file somebody chose."""
    answer = signed_in(client, cast.ruth).post(
        f"/practices/{ALDER}/records/import/",
        {"file": SimpleUploadedFile("a.csv", ODD), "leave_out_unknown": "no"},
    )
    return answer["Location"]


def test_on_the_page_names_are_picked_and_the_same_file_is_read_anew(
    client: Client, cast: Cast, ledger: Ledger
) -> None:
    address = _uploaded(client, cast)
    page = client.get(address).content.decode()
    token = re.findall(r'name="file" value="([^"]+)"', page)[0]

    nothing = client.post(CHECK, {"file": token, "said": "names"}).content.decode()
    answer = client.post(CHECK, {"file": token, "said": "names", "name_0": "fire-safety:1", "name_1": "leave-out"})
    after = client.get(answer["Location"]).content.decode()

    assert "2 names are not known here" in page
    assert "Fire safety (likely)" in page
    assert "Say what at least one of the names is" in nothing
    assert "1 record would be added" in after.replace("<strong>", "")
    assert "“Juggling” is left out, as said before" in after


def test_what_is_remembered_is_a_table_and_each_can_be_taken_back(client: Client, cast: Cast, ledger: Ledger) -> None:
    empty = signed_in(client, cast.ruth).get(NAMES).content.decode()
    _say(cast, Juggling=(Pick.ASK, None), Fire_and_blaze_evening=FIRE)
    page = client.get(NAMES).content.decode()

    answer = client.post(NAMES, {"name": "Juggling"})

    assert "Nothing is remembered yet." in empty
    assert "Waits for the hub’s answer" in page
    assert "Fire safety" in page
    assert answer.status_code == 302
    assert list(names_said(EVERYWHERE, cast.alder)) == ["fire and blaze evening"]


def test_the_hub_answers_on_a_page(client: Client, cast: Cast, ledger: Ledger) -> None:
    _say(cast, Juggling=(Pick.ASK, None))
    signed_in(client, cast.gareth)
    page = client.get("/equivalences/names/").content.decode()
    address = re.findall(r'href="(/equivalences/names/answer/[^"]+)"', page)[0].replace("&amp;", "&")

    unsaid = client.post(address, {"means": ""}).content.decode()
    answer = client.post(address, {"means": "fire-safety:1"})

    assert "Alder Surgery" in page
    assert "Choose what it is, or that it is left out" in unsaid
    assert answer.status_code == 302
    assert [one.means for one in names_said(EVERYWHERE, cast.alder).values()] == [FIRE[1]]
    assert signed_in(client, cast.owen).get(address).status_code == 403
    assert signed_in(client, cast.nadia).get(address).status_code == 404


def test_a_thousand_names_are_asked_forty_at_a_time_at_one_price(client: Client, cast: Cast, ledger: Ledger) -> None:
    def checked(names: int) -> tuple[str, int]:
        lines = b"".join(b"tomasz.nowak@example.nhs.uk,Oddity %d,19/11/2026\n" % number for number in range(names))
        held = hold(b"email,subject,completed on\n" + lines, "b.csv", NOW)
        with CaptureQueriesContext(connection) as asked:
            plan = import_plan(EVERYWHERE, cast.alder, "b.csv", b"email,subject,completed on\n" + lines, today=TODAY)
        return held.name + str(len(plan.unknown)), len(asked)

    (_, one), (many, thousand) = checked(1), checked(1000)
    assert many == "b.csv1000"
    assert one == thousand
