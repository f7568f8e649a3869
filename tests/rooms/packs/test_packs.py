"""A hub's pack from its first version to what practices made of its second."""

from collections import Counter
from datetime import date, timedelta
from typing import Final

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.packs.actions import (
    adopt,
    decline,
    leave_change,
    offer_change,
    offer_own,
    publish_pack,
    put_off,
    take_change,
    take_up,
)
from preceptor.compliance.packs.actions.offering import Changed
from preceptor.compliance.packs.domain import PackId, PackNamed, State
from preceptor.compliance.packs.domain.effects import takes
from preceptor.compliance.packs.domain.reasons import recurring
from preceptor.compliance.packs.models import Pack, PackVersion
from preceptor.compliance.packs.queries import (
    declined_by_law,
    forecasts,
    names_known,
    offerable,
    own_pack,
    pack_at,
    packs_at,
    places_on,
)
from preceptor.compliance.requirements.actions import publish_version, retire
from preceptor.compliance.requirements.domain.criteria import Achieved, AllOf
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.people.actions import give_task
from tests.cast import HUB, Member, signed_in
from tests.rooms.workplace import Workplace

NEXT_YEAR: Final = date(2028, 1, 1)
KEYS: Final = ("fire-safety", "data-security", "equality-diversity")
DECIDED: Final = date(2026, 1, 5)


def yearly(**changes: object) -> Changed:
    """Fire safety every year, from next year, for a reason."""
    said = Changed(NEXT_YEAR, AtRenewal(), 28, 12, "Two fires in the county.", "Training board", DECIDED)
    return said if not changes else Changed(**{name: changes.get(name, getattr(said, name)) for name in said.__slots__})  # type: ignore[arg-type] # names of its own


def published(work: Workplace, *, changed: bool = False) -> PackId:
    """Gareth publishes the hub's pack; with fire safety changed, its second version."""
    cast, gareth = work.cast, work.cast.gareth.viewer
    if changed:
        offer_change(by=gareth, at=work.now, organisation=cast.hub, key="fire-safety", changed=yearly())
    note = "Fire safety every year" if changed else "To start from"
    publish_pack(by=gareth, at=work.now, organisation=cast.hub, name="Vale pack", wanted=KEYS, note=note)
    pack = own_pack(EVERYWHERE, cast.hub)
    assert pack is not None
    return pack.id


def follows(work: Workplace, member: Member, place: OrganisationId, pack: PackId) -> None:
    """A manager adopts the hub's pack, all of it."""
    adopt(
        by=member.viewer,
        at=work.now,
        organisation=place,
        pack=pack,
        wanted=KEYS,
        starts_on=work.now.date(),
        decided_by="Partners",
        decided_on=DECIDED,
    )


@pytest.fixture
def changed(work: Workplace) -> PackId:
    """The pack in two versions, the first of which Alder and Birch follow."""
    pack = published(work)
    follows(work, work.cast.ruth, work.cast.alder, pack)
    follows(work, work.cast.lorna, work.cast.birch, pack)
    return published(work, changed=True)


def taken_by_ruth(work: Workplace, pack: PackId, *, on: date = NEXT_YEAR, grace: int | None = None) -> None:
    """Ruth takes fire safety as the pack offers it."""
    take_change(
        by=work.cast.ruth.viewer,
        at=work.now,
        organisation=work.cast.alder,
        pack=pack,
        number=2,
        key="fire-safety",
        starts_on=on,
        transition=AtRenewal() if grace is None else AtOnce(grace),
        decided_by="Partners",
        decided_on=DECIDED,
    )


def test_a_pack_reaches_what_stands_beneath_its_owner_and_nothing_else(work: Workplace) -> None:
    cast = work.cast
    pack = published(work)
    today = work.now.date()

    assert [one.pack.name for one in packs_at(EVERYWHERE, cast.alder, today)] == ["National starter pack", "Vale pack"]
    assert [one.pack.name for one in packs_at(EVERYWHERE, cast.cedar, today)] == ["National starter pack"]
    assert packs_at(cast.owen.viewer.scope(Can.SEE_REQUIREMENTS), cast.alder, today) == []
    with pytest.raises(Http404):
        pack_at(EVERYWHERE, cast.cedar, pack, today)


def test_a_pack_that_says_what_a_practice_has_leaves_nothing_to_answer_and_obliges_nobody(work: Workplace) -> None:
    before = requirements_of(EVERYWHERE, work.cast.alder)
    hubs = requirements_of(EVERYWHERE, work.cast.hub)
    pack = published(work)
    follows(work, work.cast.ruth, work.cast.alder, pack)
    offer_change(
        by=work.cast.gareth.viewer, at=work.now, organisation=work.cast.hub, key="fire-safety", changed=yearly()
    )

    found = pack_at(EVERYWHERE, work.cast.alder, pack, work.now.date())

    assert (found.adopted, found.on_version, found.waiting) == (1, 1, ())
    assert {one.state for one in found.lines} == {State.UNCHANGED}
    assert requirements_of(EVERYWHERE, work.cast.alder) == before
    assert requirements_of(EVERYWHERE, work.cast.hub) == hubs == []


def test_a_new_version_changes_nothing_and_waits_as_one_difference(work: Workplace, changed: PackId) -> None:
    alder = work.cast.alder
    fire = requirement_by_key(EVERYWHERE, alder, "fire-safety")

    found = pack_at(EVERYWHERE, alder, changed, work.now.date())

    (line,) = found.waiting
    assert (found.number, found.adopted, found.on_version) == (2, 1, 1)
    assert (line.key, line.state) == ("fire-safety", State.THEIRS)
    assert line.new is not None
    assert isinstance(line.new.rule.met_by, Achieved)
    assert line.new.rule.met_by.months == 12
    assert requirement_by_key(EVERYWHERE, alder, "fire-safety") == fire


def test_a_change_is_taken_from_a_day_and_in_a_way_of_ones_own(work: Workplace, changed: PackId) -> None:
    taken_by_ruth(work, changed, on=date(2028, 4, 1), grace=90)

    own = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").versions[-1]
    found = pack_at(EVERYWHERE, work.cast.alder, changed, work.now.date())
    assert (own.rule.starts_on, own.rule.transition) == (date(2028, 4, 1), AtOnce(90))
    assert isinstance(own.rule.met_by, Achieved)
    assert own.rule.met_by.months == 12
    assert (own.offered_by, own.copied) == ("Vale Training Hub", 1)
    assert (found.on_version, found.waiting) == (2, ())
    (national,) = [one for one in packs_at(EVERYWHERE, work.cast.alder, work.now.date()) if one.pack.is_national]
    assert national.waiting == ()
    with pytest.raises(Refusal, match="the first day must be after 1 April 2028"):
        taken_by_ruth(work, changed, on=date(2028, 4, 1))


def test_a_change_is_left_for_a_reason_and_asked_about_again_when_it_changes_again(
    work: Workplace, changed: PackId
) -> None:
    cast = work.cast
    lorna = {"by": cast.lorna.viewer, "at": work.now, "organisation": cast.birch, "pack": changed}

    with pytest.raises(Refusal, match="Say why you leave it as it is"):
        leave_change(**lorna, number=2, key="fire-safety", reason=" ")  # type: ignore[arg-type] # the same for all
    leave_change(**lorna, number=2, key="fire-safety", reason="A new building")  # type: ignore[arg-type] # as above
    left = pack_at(EVERYWHERE, cast.birch, changed, work.now.date())
    again = yearly(months=6, starts_on=date(2029, 1, 1))
    offer_change(by=cast.gareth.viewer, at=work.now, organisation=cast.hub, key="fire-safety", changed=again)
    publish_pack(
        by=cast.gareth.viewer, at=work.now, organisation=cast.hub, name="", wanted=KEYS, note="Every half year"
    )
    asked = pack_at(EVERYWHERE, cast.birch, changed, work.now.date())

    assert (left.on_version, left.waiting) == (2, ())
    assert [(one.key, one.state) for one in asked.waiting] == [("fire-safety", State.BOTH)]
    assert asked.on_version == 2
    with pytest.raises(Refusal, match=r"is now at version 3\. Nothing was saved"):
        leave_change(**lorna, number=2, key="fire-safety", reason="A new building")  # type: ignore[arg-type] # as above


def test_what_is_put_off_goes_on_waiting(work: Workplace, changed: PackId) -> None:
    put_off(
        by=work.cast.ruth.viewer, at=work.now, organisation=work.cast.alder, pack=changed, number=2, key="fire-safety"
    )

    assert len(pack_at(EVERYWHERE, work.cast.alder, changed, work.now.date()).waiting) == 1
    places = {one.code: one for one in places_on(EVERYWHERE, _named(work), work.now.date())}
    assert (places["A81001"].waiting, places["A81001"].put_off) == (1, 1)
    assert (places["A81002"].waiting, places["A81002"].put_off) == (1, 0)


def test_what_a_law_asks_for_is_not_declined_without_saying_why_it_does_not_apply(
    work: Workplace, changed: PackId
) -> None:
    cast, ends_on = work.cast, work.now.date() + timedelta(days=30)

    def declining(key: str, legal_reason: str) -> None:
        decline(
            by=cast.ruth.viewer,
            at=work.now,
            organisation=cast.alder,
            pack=changed,
            number=2,
            key=key,
            ends_on=ends_on,
            reason="The landlord does it",
            legal_reason=legal_reason,
        )

    with pytest.raises(Refusal, match="A law asks for this") as refused:
        declining("fire-safety", " ")
    declining("fire-safety", "The duty is his")
    declining("equality-diversity", "")

    assert refused.value.field == "legal_reason"
    assert [(one.key, one.legal_reason) for one in declined_by_law(EVERYWHERE, cast.alder)] == [
        ("fire-safety", "The duty is his")
    ]
    assert declined_by_law(cast.lorna.viewer.scope(Can.SEE_REQUIREMENTS), cast.alder) == []
    ending = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").ending
    assert ending is not None
    assert (ending.ends_on, ending.legal_reason) == (ends_on, "The duty is his")
    found = pack_at(EVERYWHERE, cast.alder, changed, work.now.date())
    assert {one.key for one in found.declined} == {"fire-safety", "equality-diversity"}
    assert found.waiting == ()
    assert [one.by_law for one in places_on(EVERYWHERE, _named(work), work.now.date()) if one.declined] == [
        (("Fire safety", "The duty is his"),)
    ]
    with pytest.raises(Refusal, match="is not required here already"):
        declining("fire-safety", "Again")


def test_what_a_law_asks_for_and_was_never_chosen_stays_in_sight_until_it_is_declined(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    (national,) = packs_at(EVERYWHERE, cast.alder, today)
    before = {one.key for one in national.open_by_law}

    decline(
        by=cast.ruth.viewer,
        at=work.now,
        organisation=cast.alder,
        pack=national.pack.id,
        number=national.number,
        key="lone-working",
        ends_on=None,
        reason="Nobody works alone",
        legal_reason="The duty is to those who do",
    )

    (after,) = packs_at(EVERYWHERE, cast.alder, today)
    assert "lone-working" in before
    assert {one.key for one in after.open_by_law} == before - {"lone-working"}
    assert [one.key for one in declined_by_law(EVERYWHERE, cast.alder)] == ["lone-working"]


def test_what_a_law_asks_of_nobody_here_is_shown_and_asked_about_once_somebody_is(
    client: Client, work: Workplace
) -> None:
    cast, today = work.cast, work.now.date()
    (before,) = packs_at(EVERYWHERE, cast.alder, today)
    shown = signed_in(client, cast.ruth).get(f"/practices/A81001/packs/{before.pack.id}/").content.decode()

    give_task(
        by=cast.ruth.viewer,
        at=work.now,
        engagement=cast.tomasz.engagement,
        task="first-aider",
        period=Period(today, today + timedelta(days=30)),
    )

    (after,) = packs_at(EVERYWHERE, cast.alder, today)
    (later,) = packs_at(EVERYWHERE, cast.alder, today + timedelta(days=30))
    assert {"first-aider", "data-protection-officer"} <= {one.key for one in before.for_nobody}
    assert "lone-working" in {one.key for one in before.open_by_law}
    assert f"Asked by law, for nobody here today ({len(before.for_nobody)})" in shown
    assert {one.key for one in before.for_nobody} - {one.key for one in after.for_nobody} == {"first-aider"}
    assert {one.key for one in after.open_by_law} - {one.key for one in before.open_by_law} == {"first-aider"}
    assert [one.key for one in later.for_nobody] == [one.key for one in before.for_nobody]


def test_what_a_law_asks_for_and_was_ended_on_the_list_is_declined_in_the_pack_too(
    client: Client, work: Workplace
) -> None:
    cast = work.cast
    fire = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety")
    retire(
        by=cast.ruth.viewer,
        at=work.now,
        requirement=fire.id,
        ends_on=work.now.date() + timedelta(days=1),
        reason="The landlord does it",
        legal_reason="The duty is his",
    )

    (national,) = packs_at(EVERYWHERE, cast.alder, work.now.date())
    shown = signed_in(client, cast.ruth).get(f"/practices/A81001/packs/{national.pack.id}/").content.decode()

    assert [(one.key, one.legal_reason) for one in national.declined] == [("fire-safety", "The duty is his")]
    assert "Declined (1)" in shown
    assert "Why the law does not apply: The duty is his" in shown


def test_a_requirement_withdrawn_from_the_pack_stays_until_it_is_ended(work: Workplace) -> None:
    cast = work.cast
    pack = published(work)
    follows(work, cast.ruth, cast.alder, pack)
    publish_pack(
        by=cast.gareth.viewer, at=work.now, organisation=cast.hub, name="", wanted=KEYS[:2], note="Without equality"
    )
    waiting = pack_at(EVERYWHERE, cast.alder, pack, work.now.date()).waiting
    day = work.now.date() + timedelta(days=10)

    take_change(
        by=cast.ruth.viewer,
        at=work.now,
        organisation=cast.alder,
        pack=pack,
        number=2,
        key="equality-diversity",
        starts_on=day,
        transition=AtRenewal(),
        decided_by="Partners",
        decided_on=DECIDED,
    )

    assert [(one.key, one.state) for one in waiting] == [("equality-diversity", State.WITHDRAWN)]
    ending = requirement_by_key(EVERYWHERE, cast.alder, "equality-diversity").ending
    assert ending is not None
    assert ending.ends_on == day
    assert pack_at(EVERYWHERE, cast.alder, pack, work.now.date()).waiting == ()


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

    figures = rows["A81001"].figures
    assert figures is not None
    assert (figures.on, figures.changes) == (take.starts_on, 1)
    was, now = ({key: one.status for key, one in found.verdicts(figures.on).items()} for found in (before, after))
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
    places = places_on(seeing, _named(work), work.now.date())
    html = signed_in(client, cast.gareth).get(f"/practices/{HUB}/pack/").content.decode()

    assert [(one.code, one.on_version, one.waiting, one.left) for one in places if one.on_version] == [
        ("A81001", 2, 0, 0),
        ("A81002", 2, 0, 1),
    ]
    names = names_known(seeing, _named(work), work.now.date())
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
    assert places_on(cast.owen.viewer.scope(Can.SEE_SHARES), _named(work), work.now.date()) == []


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
    begun = gareth.post(rule, {**_on("first_on", today), "decided_by": "Training board", **_on("decided_on", DECIDED)})
    again = gareth.get(rule).content.decode()
    own = requirement_by_key(EVERYWHERE, cast.hub, "fire-safety")
    parts: list[Json] = [{"achieved": {"subject": one, "months": 12}} for one in ("fire-safety", "lone-working")]
    publish_version(
        by=cast.gareth.viewer,
        at=work.now,
        requirement=own.id,
        rule={
            "from": "2029-01-01",
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
    answers = {**_on("first_on", NEXT_YEAR), "decided_by": "Us", **_on("decided_on", DECIDED)}

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


def test_answering_is_for_who_manages_the_place(client: Client, work: Workplace, changed: PackId) -> None:
    here = f"/practices/A81001/packs/{changed}/fire-safety/"
    answers = {"number": "2", "reason": "No"}

    for member in (work.cast.lorna, work.cast.gareth, work.cast.nadia, work.cast.owen, work.cast.aisha):
        signed_in(client, member)
        for page in ("", "take/", "leave/", "decline/"):
            assert client.post(f"{here}{page}", answers).status_code in {403, 404}, (member.name, page)
    assert signed_in(client, work.cast.owen).get(f"/practices/A81003/packs/{changed}/").status_code == 404
    assert len(pack_at(EVERYWHERE, work.cast.alder, changed, work.now.date()).waiting) == 1


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


def test_packs_cost_the_same_for_one_place_and_three(work: Workplace, changed: PackId) -> None:
    from preceptor.compliance.packs.queries.picture import pack_at_places

    cast, today, named = work.cast, work.now.date(), _named(work)
    with CaptureQueriesContext(connection) as one:
        pack_at_places(named, [cast.alder], today)
    with CaptureQueriesContext(connection) as three:
        pack_at_places(named, [cast.alder, cast.birch, cast.network], today)

    assert len(one) == len(three) <= 10


def _named(work: Workplace) -> PackNamed:
    found = own_pack(Scope(everywhere=True), work.cast.hub)
    assert found is not None
    return found


def _on(name: str, day: date) -> dict[str, object]:
    """A day as a form sends it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _in_date(status: Status | None) -> bool:
    return status in {Status.VALID, Status.DUE_SOON}
