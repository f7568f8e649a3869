"""What a hub offers: its dry run, what it sees of the answers, whole rules, and who may."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client

from preceptor.compliance.packs.actions import (
    leave_change,
    offer_change,
    offer_own,
    publish_pack,
    take_up,
)
from preceptor.compliance.packs.domain import PackId, State
from preceptor.compliance.packs.domain.effects import takes
from preceptor.compliance.packs.domain.reasons import recurring
from preceptor.compliance.packs.models import Pack, PackVersion
from preceptor.compliance.packs.queries import (
    forecasts,
    names_known,
    offerable,
    pack_at,
    places_on,
)
from preceptor.compliance.requirements.actions import publish_version
from preceptor.compliance.requirements.domain.criteria import Achieved, AllOf
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from tests.cast import HUB, signed_in
from tests.rooms.packs.made import DECIDED, KEYS, NEXT_YEAR, named, on, published, taken_by_ruth, yearly
from tests.rooms.workplace import Workplace


def test_the_dry_run_says_what_taking_it_then_does(work: Workplace, changed: PackId) -> None:
    cast, today = work.cast, work.now.date()
    for member in (cast.ruth, cast.aisha, cast.tomasz, cast.helen):
        work.did(member, "fire-safety", today - timedelta(days=500))
    offered = {one.item.key: one.item for one in offerable(EVERYWHERE, cast.hub, work.now) if one.item.key in KEYS}
    before = loaded_of(EVERYWHERE, cast.alder)

    rows = {one.code: one for one in forecasts(EVERYWHERE, cast.hub, offered, today)}
    (take,) = takes(pack_at(EVERYWHERE, cast.alder, changed, today).lines, today)
    taken_by_ruth(work, changed, on=take.starts_on)
    after = loaded_of(EVERYWHERE, cast.alder)

    row = rows["A81001"]
    figures = row.figures
    assert figures is not None
    assert (row.by, row.changes) == (take.starts_on, 1)
    was, now = ({key: one.status for key, one in found.verdicts(take.starts_on).items()} for found in (before, after))
    fire = str(requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").id)
    asked = {key for key in {*was, *now} if key[1] == fire}
    counted = Counter(
        what
        for key in asked
        for what, holds in (
            ("required", key not in was),
            ("not_required", key not in now),
            ("overdue", now.get(key) is Status.OVERDUE is not was.get(key)),
            ("valid", _in_date(now.get(key)) and not _in_date(was.get(key))),
        )
        if holds
    )
    assert (figures.required, figures.not_required, figures.overdue, figures.valid) == tuple(
        counted[what] for what in ("required", "not_required", "overdue", "valid")
    )
    assert figures.minutes_after > figures.minutes_before
    assert not forecasts(EVERYWHERE, cast.hub, offered, today)[0].changes


def test_the_dry_run_is_a_file_with_the_figures_of_the_page(client: Client, work: Workplace, changed: PackId) -> None:
    import io

    from python_calamine import CalamineWorkbook

    areas = {one.item.key: one.item.area for one in offerable(EVERYWHERE, work.cast.hub, work.now)}
    half_yearly = yearly(months=6, starts_on=date(2029, 1, 1))
    offer_change(
        by=work.cast.gareth.viewer, at=work.now, organisation=work.cast.hub, key="fire-safety", changed=half_yearly
    )
    asked: dict[str, object] = {"note": "=Every half year"}
    for key in KEYS:
        asked[f"area_{areas[key]}"] = [*asked.get(f"area_{areas[key]}", ()), key]  # type: ignore[misc] # a list of ours
    gareth, address = signed_in(client, work.cast.gareth), f"/practices/{HUB}/pack/next/"

    page = gareth.post(address, asked).content.decode()
    csv = gareth.post(address, {**asked, "file": "csv"})
    xlsx = gareth.post(address, {**asked, "file": "xlsx"})

    text = csv.content.decode("utf-8-sig")
    alder = next(line.split(",") for line in text.splitlines() if line.startswith("Alder Surgery"))
    assert csv["Content-Disposition"] == f'attachment; filename="dry-run-pack-{HUB}-{work.now.date()}.csv"'
    assert "Download CSV" in page
    assert "'=Every half year" in text
    assert "From the version before,Changed: Fire safety" in text
    assert f'<td class="pr-num">{alder[-4]}</td>' in page
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.content)).get_sheet_by_index(0).to_python()
    assert [str(cell) for cell in next(row for row in sheet if row[0] == "Alder Surgery")][2:7] == alder[-8:-3]
    assert PackVersion.objects.filter(pack_id=changed).count() == 2


def test_the_hub_sees_versions_counts_and_reasons_and_no_people(
    client: Client, work: Workplace, changed: PackId
) -> None:
    cast = work.cast
    taken_by_ruth(work, changed)
    leave_change(
        by=cast.lorna.viewer,
        at=work.now,
        organisation=cast.birch,
        pack=changed,
        number=2,
        key="fire-safety",
        reason="A new building with new alarms",
    )

    seeing = cast.gareth.viewer.scope(Can.SEE_SHARES)
    places = places_on(seeing, named(work), work.now.date())
    html = signed_in(client, cast.gareth).get(f"/practices/{HUB}/pack/").content.decode()

    assert [(one.code, one.on_version, one.waiting, one.left) for one in places if one.on_version] == [
        ("A81001", 2, 0, 0),
        ("A81002", 2, 0, 1),
    ]
    names = names_known(seeing, named(work), work.now.date())
    (told,) = recurring((given for one in places for given in one.reasons), names)
    assert (told.key, told.left, told.declined, told.words) == ("fire-safety", 1, 0, ())
    assert {"Lorna", "Blake", "Rahman"} <= names
    assert "1 practice keeps its own" in html
    assert "A new building with new alarms" not in html
    assert "Lorna Blake" not in html
    beneath = signed_in(client, cast.gareth).get(f"/practices/A81002/packs/{changed}/").content.decode()
    own = signed_in(client, cast.lorna).get(f"/practices/A81002/packs/{changed}/").content.decode()
    assert "Left as it was here at version 2" in beneath
    assert "alarms" not in beneath
    assert "Lorna Blake" not in beneath
    assert "Left as it was here at version 2, Lorna Blake" in own
    assert "A new building with new alarms" in own
    assert places_on(cast.owen.viewer.scope(Can.SEE_SHARES), named(work), work.now.date()) == []


def test_a_network_offers_what_it_asks_of_its_own_people(work: Workplace) -> None:
    from preceptor.compliance.requirements.actions import add_requirement
    from preceptor.compliance.requirements.domain.decisions import Called, Decision, Force

    cast, nadia = work.cast, work.cast.nadia.viewer
    own = add_requirement(
        by=nadia,
        at=work.now,
        organisation=cast.network,
        called=Called("Home visits alone", "Home visits", "safety"),
        rule={
            "from": "2026-01-01",
            "audience": "everyone",
            "met_by": {"achieved": {"subject": "lone-working", "months": 24}},
            "first_due_days": 28,
        },
        decision=Decision(Force.LOCAL, "We visit alone.", "Network board", DECIDED),
    )

    offer_own(by=nadia, at=work.now, organisation=cast.network, requirement=own)

    found = [one.item.key for one in offerable(EVERYWHERE, cast.network, work.now) if one.is_own]
    assert found == ["u10001-home-visits-alone"]
    assert [one.key for one in requirements_of(EVERYWHERE, cast.network)] == ["home-visits-alone"]


def test_a_hub_changes_a_whole_rule_and_a_practice_is_asked_about_it(
    client: Client, work: Workplace, changed: PackId
) -> None:
    cast, today = work.cast, work.now.date()
    gareth, rule = signed_in(client, cast.gareth), f"/practices/{HUB}/pack/fire-safety/rule/"
    nothing = gareth.post(rule, {}).content.decode()
    begun = gareth.post(rule, {**on("first_on", today), "decided_by": "Training board", **on("decided_on", DECIDED)})
    again = gareth.get(rule).content.decode()
    own = requirement_by_key(EVERYWHERE, cast.hub, "fire-safety")
    parts: list[Json] = [{"achieved": {"subject": one, "months": 12}} for one in ("fire-safety", "lone-working")]
    publish_version(
        by=cast.gareth.viewer,
        at=work.now,
        requirement=own.id,
        rule={
            "from": f"{max(NEXT_YEAR, today).year + 1}-01-01",
            "audience": "everyone",
            "met_by": {"all_of": parts},
            "first_due_days": 28,
            "transition": {"at_renewal": {}},
        },
        decision=Decision(Force.LAW, "The brigade asks for it.", "Training board", DECIDED),
    )
    leads_back = gareth.get(f"/practices/{HUB}/requirements/fire-safety/").content.decode()
    gareth.post(f"/practices/{HUB}/pack/fire-safety/share/")
    led_back = gareth.get(f"/practices/{HUB}/requirements/fire-safety/").content.decode()
    publish_pack(
        by=cast.gareth.viewer, at=work.now, organisation=cast.hub, name="", wanted=KEYS, note="And lone working"
    )

    found = pack_at(EVERYWHERE, cast.alder, changed, today)

    assert "Say who decided" in nothing
    assert begun["Location"].startswith(f"/practices/{HUB}/rules/")
    assert "Draft the change" in again
    assert "From which day" not in again
    assert "The pack you offer does not hold this version yet." in leads_back
    assert "does not hold this version yet" not in led_back
    (line,) = found.waiting
    assert line.new is not None
    assert (found.number, line.key, line.state) == (3, "fire-safety", State.THEIRS)
    assert line.new.rule.met_by == AllOf((Achieved("fire-safety", 12), Achieved("lone-working", 12)))
    with pytest.raises(Refusal, match="is on your own list already"):
        take_up(
            by=cast.gareth.viewer,
            at=work.now,
            organisation=cast.hub,
            key="fire-safety",
            starts_on=today,
            decided_by="Training board",
            decided_on=DECIDED,
        )


def test_a_rule_of_the_pack_is_changed_by_who_leads_there(client: Client, work: Workplace, changed: PackId) -> None:
    answers = {**on("first_on", NEXT_YEAR), "decided_by": "Us", **on("decided_on", DECIDED)}

    for member in (work.cast.nadia, work.cast.ruth, work.cast.aisha, work.cast.owen):
        assert signed_in(client, member).post(f"/practices/{HUB}/pack/fire-safety/rule/", answers).status_code in {
            *(403, 404)
        }, member.name
    gareth = signed_in(client, work.cast.gareth)
    assert gareth.get(f"/practices/{HUB}/pack/nothing-like-it/rule/").status_code == 404
    assert requirements_of(EVERYWHERE, work.cast.hub) == []


def test_offering_and_publishing_are_for_who_leads_there(work: Workplace) -> None:
    cast = work.cast
    for member, refusal in ((cast.ruth, PermissionDenied), (cast.nadia, Http404), (cast.aisha, PermissionDenied)):
        with pytest.raises(refusal):
            publish_pack(
                by=member.viewer, at=work.now, organisation=cast.hub, name="Ours", wanted=KEYS, note="To start from"
            )
        with pytest.raises(refusal):
            offer_change(by=member.viewer, at=work.now, organisation=cast.hub, key="fire-safety", changed=yearly())

    assert not Pack.objects.filter(owner=cast.hub).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rationale": " "}, "rationale"),
        ({"decided_by": " "}, "decided_by"),
        ({"months": 24}, "months"),
        ({"starts_on": date(2019, 1, 1), "first_due_days": 3}, ""),
    ],
)
def test_what_is_offered_says_why_and_changes_something(
    work: Workplace, changes: dict[str, object], field: str
) -> None:
    if not field:
        offer_change(
            by=work.cast.gareth.viewer, at=work.now, organisation=work.cast.hub, key="fire-safety", changed=yearly()
        )
        field = "starts_on"
    fire = next(one.item for one in offerable(EVERYWHERE, work.cast.hub, work.now) if one.item.key == "fire-safety")
    same = {"first_due_days": fire.rule.first_due_days}

    with pytest.raises(Refusal) as refused:
        offer_change(
            by=work.cast.gareth.viewer,
            at=work.now,
            organisation=work.cast.hub,
            key="fire-safety",
            changed=yearly(**{**same, **changes}),
        )

    assert refused.value.field == field


def test_a_published_version_is_never_edited(work: Workplace) -> None:
    pack = published(work)

    with pytest.raises(Refusal, match="It holds what the version before held"):
        published(work)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), acting():
        PackVersion.objects.filter(pack_id=pack).update(note="Rewritten")


def _in_date(status: Status | None) -> bool:
    return status in {Status.VALID, Status.DUE_SOON}
