"""A hub's pack from its first version to what practices made of its second."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.packs.actions import (
    decline,
    leave_change,
    offer_change,
    publish_pack,
    put_off,
    take_change,
)
from preceptor.compliance.packs.domain import PackId, State
from preceptor.compliance.packs.queries import (
    declined_by_law,
    pack_at,
    packs_at,
    places_on,
)
from preceptor.compliance.requirements.actions import retire
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import give_task
from tests.cast import signed_in
from tests.rooms.packs.made import DECIDED, KEYS, follows, named, published, taken_by_ruth, yearly
from tests.rooms.workplace import Workplace


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
    places = {one.code: one for one in places_on(EVERYWHERE, named(work), work.now.date())}
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
    assert [one.by_law for one in places_on(EVERYWHERE, named(work), work.now.date()) if one.declined] == [
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


def test_answering_is_for_who_manages_the_place(client: Client, work: Workplace, changed: PackId) -> None:
    here = f"/practices/A81001/packs/{changed}/fire-safety/"
    answers = {"number": "2", "reason": "No"}

    for member in (work.cast.lorna, work.cast.gareth, work.cast.nadia, work.cast.owen, work.cast.aisha):
        signed_in(client, member)
        for page in ("", "take/", "leave/", "decline/"):
            assert client.post(f"{here}{page}", answers).status_code in {403, 404}, (member.name, page)
    assert signed_in(client, work.cast.owen).get(f"/practices/A81003/packs/{changed}/").status_code == 404
    assert len(pack_at(EVERYWHERE, work.cast.alder, changed, work.now.date()).waiting) == 1


def test_packs_cost_the_same_for_one_place_and_three(work: Workplace, changed: PackId) -> None:
    from preceptor.compliance.packs.queries.picture import pack_at_places

    cast, today, pack = work.cast, work.now.date(), named(work)
    with CaptureQueriesContext(connection) as one:
        pack_at_places(pack, [cast.alder], today)
    with CaptureQueriesContext(connection) as three:
        pack_at_places(pack, [cast.alder, cast.birch, cast.network], today)

    assert len(one) == len(three) <= 10
