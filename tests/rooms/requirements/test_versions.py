"""An organisation's own versions, and the end of a requirement."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from preceptor.compliance.requirements.actions import publish_version, retire
from preceptor.compliance.requirements.domain.decisions import Cited, Decision, Force
from preceptor.compliance.requirements.domain.held import Ending, HeldRequirement
from preceptor.compliance.requirements.queries import requirement_by_key, template_by_key
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from tests.cast import Cast

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)
DECIDED = Decision(Force.LOCAL, "Our building is old.", "Partners’ meeting", date(2026, 11, 5), date(2027, 11, 5))
# The rule is for some alone, where the law-based one is for everyone.
OURS = replace(DECIDED, legal_reason="The order lets us choose whom to train.")
RULE: dict[str, Any] = {
    "from": "2027-01-01",
    "audience": {"any": [{"staff_group": ["nurse"]}, {"task": ["fire-marshal"]}]},
    "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
    "first_due_days": 14,
    "transition": {"at_renewal": {}},
}


def fire_of(cast: Cast) -> HeldRequirement:
    """Alder Surgery's fire safety as it stands."""
    return requirement_by_key(EVERYWHERE, cast.alder, "fire-safety")


def publish(cast: Cast, requirement: HeldRequirement, **changes: Any) -> int:
    """Ruth publishes the rule, changed as the test says."""
    rule = {key: value for key, value in (RULE | changes).items() if value is not ...}
    return publish_version(by=cast.ruth.viewer, at=AT, requirement=requirement.id, rule=rule, decision=OURS)


def test_a_version_is_published_after_the_last_one(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]
    cited = Cited("fire-safety-order-2005", "When risks change.", followed=True, clause="art. 21", verified=True)

    number = publish_version(
        by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=RULE, decision=OURS, citations=[cited]
    )

    before, now = fire_of(loaded).versions
    assert before == fire.versions[0]
    assert (number, now.number, now.copied, now.decision, now.published_at) == (2, 2, None, OURS, AT)
    assert (now.rule.starts_on, now.rule.first_due_days) == (date(2027, 1, 1), 14)
    assert [(one.clause, one.says, one.followed) for one in now.citations] == [("art. 21", "When risks change.", True)]


def test_less_than_a_law_based_rule_is_not_published_without_saying_why_the_law_allows_it(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]

    with pytest.raises(Refusal) as refused:
        publish_version(by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=RULE, decision=DECIDED)
    publish(loaded, fire, audience="everyone")

    assert refused.value.field == "legal_reason"
    assert fire_of(loaded).versions[-1].decision == DECIDED  # a reason for what is not less is not kept


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"from": "2026-11-02"}, "from", "The first day must be after 2 November 2026"),
        ({"from": "2026-02-30"}, "from", "is not a day of the calendar"),
        ({"transition": ...}, "transition", "is missing"),
        ({"audience": {"all": [{"any": [{"not": {"role": ["gp-partner"]}}]}]}}, "audience", "one combinator too many"),
        ({"audience": {"role": ["wizard"]}}, "audience", "There is no role called “wizard”"),
        ({"audience": {"at": ["Z99999"]}}, "audience", "There is no organisation called “Z99999”"),
        ({"audience": {"person": ["somebody"]}}, "audience", "There is no person called “somebody”"),
        ({"met_by": {"achieved": {"subject": "alchemy", "months": 12}}}, "met_by", "no subject called “alchemy”"),
        ({"met_by": {"state": {"state": "knighted"}}}, "met_by", "no state called “knighted”"),
        ({"met_by": {"achieved": {"subject": "fire-safety", "months": 0}}}, "met_by", "met_by.achieved.months"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_question(
    loaded: Cast, changes: dict[str, Any], field: str, message: str
) -> None:
    fire = take(loaded, "fire-safety")[0]

    with pytest.raises(Refusal) as refused:
        publish(loaded, fire, **changes)

    assert (refused.value.field, message in refused.value.message) == (field, True), refused.value.message
    assert fire_of(loaded) == fire


@pytest.mark.parametrize(
    ("decision", "field"),
    [(Decision(Force.LOCAL, " ", "Partners"), "rationale"), (Decision(Force.LOCAL, "Old building"), "decided_by")],
)
def test_a_version_needs_a_reason_and_somebody_who_decided(loaded: Cast, decision: Decision, field: str) -> None:
    fire = take(loaded, "fire-safety")[0]

    with pytest.raises(Refusal) as refused:
        publish_version(by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=RULE, decision=decision)

    assert refused.value.field == field


def test_a_source_nobody_knows_is_refused(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]
    cited = [Cited("hearsay", "Every year.", followed=True)]

    with pytest.raises(Refusal, match="There is no source called “hearsay”"):
        publish_version(by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=RULE, decision=OURS, citations=cited)


def test_publishing_is_for_who_manages_the_owner(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]

    for member, refusal in ((loaded.lorna, Http404), (loaded.nadia, Http404), (loaded.tomasz, PermissionDenied)):
        with pytest.raises(refusal):
            publish_version(by=member.viewer, at=AT, requirement=fire.id, rule=RULE, decision=OURS)
    with pytest.raises(Http404):
        publish_version(
            by=loaded.priya.viewer, at=AT, requirement=template_by_key("fire-safety").id, rule=RULE, decision=OURS
        )

    assert fire_of(loaded) == fire


def test_a_requirement_ends_once_with_a_reason_and_then_stays_as_it_was(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]

    ends_on, ruth = date(2027, 1, 1), loaded.ruth.viewer
    with pytest.raises(Refusal, match=r"A law asks for this\. Say why it does not apply to you") as refused:
        retire(by=ruth, at=AT, requirement=fire.id, ends_on=ends_on, reason="Done elsewhere.", legal_reason=" ")
    retire(by=ruth, at=AT, requirement=fire.id, ends_on=ends_on, reason=" Done elsewhere. ", legal_reason=" His duty. ")

    assert refused.value.field == "legal_reason"
    assert fire_of(loaded).ending == Ending(date(2027, 1, 1), "Done elsewhere.", "Ruth Okafor", "His duty.")
    with pytest.raises(Refusal, match="has ended already"):
        retire(by=loaded.ruth.viewer, at=AT, requirement=fire.id, ends_on=date(2027, 2, 1), reason="Again.")
    with pytest.raises(Refusal, match="has ended and cannot be changed"):
        publish(loaded, fire)


@pytest.mark.parametrize(
    ("ends_on", "reason", "field"), [(date(2027, 1, 1), " ", "reason"), (date(2026, 11, 1), "Why not", "last_on")]
)
def test_an_end_needs_a_reason_and_a_day_not_before_the_first(
    loaded: Cast, ends_on: date, reason: str, field: str
) -> None:
    fire = take(loaded, "fire-safety")[0]

    with pytest.raises(Refusal) as refused:
        retire(
            by=loaded.ruth.viewer,
            at=AT,
            requirement=fire.id,
            ends_on=ends_on,
            reason=reason,
            legal_reason="The landlord answers for it.",
        )

    assert (refused.value.field, fire_of(loaded).ending) == (field, None)
