"""Taking requirements over from the national pack."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from preceptor.compliance.packs.actions import adopt, publish_national
from preceptor.compliance.packs.domain import PackId, State
from preceptor.compliance.packs.queries import pack_at
from preceptor.compliance.packs.queries.offered import national_pack
from preceptor.compliance.requirements.actions import load_catalogue, publish_version, retire
from preceptor.compliance.requirements.domain.adoption import Adopted, Outcome
from preceptor.compliance.requirements.domain.catalogue import Catalogue, DatedVersion
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of, template_by_key
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from tests.cast import Cast
from tests.rooms.requirements.conftest import LOADER, take

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
EARLY = datetime(2021, 3, 1, 9, tzinfo=UTC)


def adopted_by_ruth(cast: Cast, key: str, *, at: datetime = AT, on: date = date(2026, 11, 2)) -> Adopted:
    """Ruth adopts one requirement for Alder Surgery."""
    publish_national(by=LOADER, at=at)
    (one,) = adopt(
        by=cast.ruth.viewer,
        at=at,
        organisation=cast.alder,
        pack=national(),
        wanted=[key],
        starts_on=on,
        decided_by="Partners’ meeting",
        decided_on=at.date(),
    )
    return one


def national() -> PackId:
    """The national pack, which must be there."""
    found = national_pack()
    assert found is not None
    return found.id


def with_new_version(catalogue: Catalogue, key: str, *, on: date, at: datetime) -> Catalogue:
    """The catalogue with one more version of a requirement."""
    wanted = catalogue.requirement(key)
    last = wanted.versions[-1].rule
    rule = replace(last, starts_on=on, first_due_days=7, transition=AtRenewal(), published_at=at)
    changed = replace(wanted, versions=(*wanted.versions, DatedVersion(rule, "Sooner.")))
    others = tuple(one for one in catalogue.requirements if one.key != key)
    return replace(catalogue, requirements=(changed, *others))


def test_adopting_copies_the_version_in_force_from_the_first_day(loaded: Cast) -> None:
    outcome = adopted_by_ruth(loaded, "safeguarding-1")

    own, template = requirement_by_key(EVERYWHERE, loaded.alder, "safeguarding-1"), template_by_key("safeguarding-1")
    (version,) = own.versions
    assert outcome == Adopted(own.id, "safeguarding-1", Outcome.ADDED)
    assert version.rule == replace(
        template.versions[1].rule, starts_on=date(2026, 11, 2), published_at=AT, transition=None
    )
    assert (version.copied, version.decision.decided_by, version.decision.decided_on, version.published_by) == (
        2,
        "Partners’ meeting",
        date(2026, 11, 2),
        "Ruth Okafor",
    )
    assert (version.citations, version.others) == (template.versions[1].citations, template.versions[1].others)
    assert own.id != template.id


def test_adopting_from_an_earlier_day_brings_the_later_versions_published_by_then(loaded: Cast) -> None:
    own = take(loaded, "safeguarding-1", on=date(2022, 4, 1))[0]

    assert [(one.copied, one.rule.starts_on, one.rule.published_at) for one in own.versions] == [
        (1, date(2022, 4, 1), AT),
        (2, date(2024, 11, 1), AT),
    ]
    assert own.versions[1].rule.transition == template_by_key("safeguarding-1").versions[1].rule.transition


def test_a_version_not_yet_published_is_not_copied_and_comes_with_the_next_time(loaded: Cast) -> None:
    first = adopted_by_ruth(loaded, "safeguarding-1", at=EARLY, on=date(2021, 4, 1))
    before = requirement_by_key(EVERYWHERE, loaded.alder, "safeguarding-1")
    publish_national(by=LOADER, at=AT)
    waiting = pack_at(EVERYWHERE, loaded.alder, national(), AT.date()).waiting
    second = adopted_by_ruth(loaded, "safeguarding-1", on=date(2021, 4, 1))
    after = requirement_by_key(EVERYWHERE, loaded.alder, "safeguarding-1")
    third = adopted_by_ruth(loaded, "safeguarding-1", on=date(2021, 4, 1))

    assert [one.outcome for one in (first, second, third)] == [Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED]
    assert [(one.number, one.copied) for one in before.versions] == [(1, 1)]
    assert [(one.key, one.state) for one in waiting] == [
        ("practice-induction", State.ADDED),
        ("safeguarding-1", State.THEIRS),
    ]
    assert [(one.number, one.copied, one.rule.starts_on) for one in after.versions] == [
        (1, 1, date(2021, 4, 1)),
        (2, 2, date(2024, 11, 1)),
    ]
    left = pack_at(EVERYWHERE, loaded.alder, national(), AT.date()).waiting
    assert [one.key for one in left] == ["practice-induction"]


def test_a_newer_version_already_in_force_is_taken_from_the_day_asked_for(
    loaded: Cast, small_catalogue: Catalogue
) -> None:
    take(loaded, "fire-safety", on=date(2024, 1, 1))
    newer = with_new_version(small_catalogue, "fire-safety", on=date(2025, 1, 1), at=AT)
    load_catalogue(by=LOADER, at=AT, catalogue=newer)

    outcome = adopted_by_ruth(loaded, "fire-safety", on=date(2027, 1, 1))

    own = requirement_by_key(EVERYWHERE, loaded.alder, "fire-safety")
    assert outcome.outcome is Outcome.UPDATED
    assert [one.rule.starts_on for one in own.versions] == [date(2024, 1, 1), date(2027, 1, 1)]
    assert own.versions[1].rule.transition == AtRenewal()


def test_a_newer_version_cannot_start_before_the_one_held(loaded: Cast, small_catalogue: Catalogue) -> None:
    take(loaded, "fire-safety", on=date(2026, 11, 2))
    newer = with_new_version(small_catalogue, "fire-safety", on=date(2025, 1, 1), at=AT)
    load_catalogue(by=LOADER, at=AT, catalogue=newer)

    with pytest.raises(Refusal, match="Fire safety: the first day must be after 2 November 2026") as refused:
        adopted_by_ruth(loaded, "fire-safety", on=date(2026, 11, 2))

    assert refused.value.field == "starts_on"


def test_a_pack_is_adopted_in_one_go_and_doing_it_twice_changes_nothing(loaded: Cast) -> None:
    first = take(loaded, "fire-safety", "safeguarding-1", "data-security")
    second = take(loaded, "fire-safety", "safeguarding-1", "data-security")

    assert first == second
    assert {one.key for one in requirements_of(EVERYWHERE, loaded.alder)} == {
        "fire-safety",
        "safeguarding-1",
        "data-security",
    }
    assert requirements_of(EVERYWHERE, loaded.birch) == []


def test_what_a_practice_changed_or_ended_is_left_alone(loaded: Cast) -> None:
    fire, data = take(loaded, "fire-safety", "data-security")
    rule: dict[str, Any] = {
        "from": "2027-01-01",
        "audience": "everyone",
        "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
        "first_due_days": 14,
        "transition": {"at_renewal": {}},
    }
    ours = Decision(Force.LOCAL, "Our building is old.", "Partners’ meeting", date(2026, 11, 2))
    publish_version(by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=rule, decision=ours)
    retire(by=loaded.ruth.viewer, at=AT, requirement=data.id, ends_on=date(2027, 1, 1), reason="Done by the network.")

    outcomes = adopt(
        by=loaded.ruth.viewer,
        at=AT,
        organisation=loaded.alder,
        pack=national(),
        wanted=["fire-safety", "data-security"],
        starts_on=date(2027, 6, 1),
        decided_by="Ruth",
        decided_on=date(2026, 11, 2),
    )

    assert {one.key: one.outcome for one in outcomes} == {"fire-safety": Outcome.OWN, "data-security": Outcome.ENDED}
    assert [one.copied for one in requirement_by_key(EVERYWHERE, loaded.alder, "fire-safety").versions] == [1, None]


@pytest.mark.parametrize(
    ("decided_by", "decided_on", "field"),
    [(" ", date(2026, 11, 2), "decided_by"), ("Partners", date(2026, 11, 3), "decided_on")],
)
def test_adopting_needs_a_decision_already_taken(loaded: Cast, decided_by: str, decided_on: date, field: str) -> None:
    publish_national(by=LOADER, at=AT)

    with pytest.raises(Refusal) as refused:
        adopt(
            by=loaded.ruth.viewer,
            at=AT,
            organisation=loaded.alder,
            pack=national(),
            wanted=["fire-safety"],
            starts_on=date(2026, 12, 1),
            decided_by=decided_by,
            decided_on=decided_on,
        )

    assert refused.value.field == field
    assert requirements_of(EVERYWHERE, loaded.alder) == []


def test_only_what_the_pack_holds_is_adopted(loaded: Cast) -> None:
    publish_national(by=LOADER, at=AT)

    for wanted in (["fire-safety", "swimming"], []):
        with pytest.raises(Refusal, match="Choose requirements from the pack"):
            adopt(
                by=loaded.lorna.viewer,
                at=AT,
                organisation=loaded.birch,
                pack=national(),
                wanted=wanted,
                starts_on=date(2026, 12, 1),
                decided_by="Partners",
                decided_on=date(2026, 11, 2),
            )


def test_adopting_is_for_who_manages_the_practice(loaded: Cast) -> None:
    publish_national(by=LOADER, at=AT)

    for member, refusal in ((loaded.lorna, Http404), (loaded.owen, Http404), (loaded.aisha, PermissionDenied)):
        with pytest.raises(refusal):
            adopt(
                by=member.viewer,
                at=AT,
                organisation=loaded.alder,
                pack=national(),
                wanted=["fire-safety"],
                starts_on=date(2026, 12, 1),
                decided_by="Somebody",
                decided_on=date(2026, 11, 2),
            )

    assert requirements_of(EVERYWHERE, loaded.alder) == []
