"""Drafts leave no trace, the dry run is what happens, and every form of rule there is can be edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from preceptor.compliance.requirements.actions import add_requirement
from preceptor.compliance.requirements.domain.audience import Everyone, StaffGroup
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import Called, Cited, Decision, Force, Otherwise
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.compliance.requirements.models import Requirement
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.compliance.rulemaking.actions import discard_draft, publish_draft, save_draft, start_draft
from preceptor.compliance.rulemaking.domain import asking, conditions
from preceptor.compliance.rulemaking.domain.answers import Answers, read_answers, written_answers
from preceptor.compliance.rulemaking.domain.drafts import DraftId
from preceptor.compliance.rulemaking.domain.effects import Change, figures, quarters
from preceptor.compliance.rulemaking.domain.effects import tried as tried_on
from preceptor.compliance.rulemaking.domain.questions import ASKED, Question
from preceptor.compliance.rulemaking.domain.trees import fields_of, node_in
from preceptor.compliance.rulemaking.models import Draft as Row
from preceptor.compliance.rulemaking.queries import draft_of, dry_run, dry_runs_beneath
from preceptor.compliance.standing.domain.trials import Effect, Trial
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import acting
from preceptor.foundation.models import JournalLine
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import ALDER, signed_in

from .conftest import AT, NEW_YEAR, Desk

OURS = Decision(Force.LOCAL, "Our building is old.", "Partners’ meeting", date(2026, 11, 16), minutes=30)
RULE = {
    "from": "2027-01-01",
    "audience": "everyone",
    "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
    "first_due_days": 14,
}


def yearly(answers: Answers, *, way: Transition | None = None, starts_on: date = NEW_YEAR) -> Answers:
    """Every year instead of two, decided."""
    return replace(
        answers,
        met_by=Achieved("fire-safety", 12),
        decision=OURS,
        starts_on=starts_on,
        transition=way or AtRenewal(),
        answered=frozenset(ASKED),
    )


def verdicts(desk: Desk) -> list[Mapping[tuple[str, str], object]]:
    """Every verdict at Alder Surgery, on days around the change."""
    loaded = loaded_of(EVERYWHERE, desk.work.cast.alder)
    return [loaded.verdicts(NEW_YEAR + timedelta(days=days)) for days in (-60, -1, 0, 90, 400, 800)]


@pytest.mark.parametrize("way", [AtRenewal(), AtOnce(0), AtOnce(90), NewStarters()])
def test_the_numbers_after_publishing_are_those_of_the_dry_run(desk: Desk, way: Transition) -> None:
    cast = desk.work.cast
    desk.work.did(cast.aisha, "fire-safety", date(2026, 5, 4))
    desk.work.did(cast.helen, "fire-safety", date(2025, 6, 9))
    draft = desk.start()
    revision = desk.answer(draft, lambda answers: yearly(answers, way=way))
    before = desk.draft(draft)
    assert before.change is not None
    tried = dry_run(EVERYWHERE, cast.alder, before.change)
    expected = figures(tried.trial, before.change)
    was = loaded_of(EVERYWHERE, cast.alder).verdicts(NEW_YEAR)

    desk.publish(draft, revision)

    after = desk.draft(draft)
    assert after.change is not None
    again = dry_run(EVERYWHERE, cast.alder, after.change)
    assert figures(again.trial, after.change) == expected
    assert again.trial.differences == tried.trial.differences
    assert quarters(again.trial) == quarters(tried.trial)
    key = before.change.requirement
    now = loaded_of(EVERYWHERE, cast.alder).verdicts(NEW_YEAR)
    for one in tried.trial.differences:
        there = (one.engagement, key)
        assert one.before[0] == (was[there].status if there in was else "not_needed")
        assert one.after[0] == (now[there].status if there in now else "not_needed")
    assert {one for one in now if one[1] != key} == {one for one in was if one[1] != key}
    assert _as_published(desk, key, before.change).differences == tried.trial.differences


def _as_published(desk: Desk, key: str, change: Change) -> Trial:
    """What a change does, tried with the versions the judge has and not with those of the draft."""
    loaded = loaded_of(EVERYWHERE, desk.work.cast.alder)
    *earlier, version = next(one for one in loaded.world.requirements if one.id == key).versions
    assert version.published_at is not None
    return tried_on(loaded.world, ALDER, replace(change, requirement=key, earlier=tuple(earlier), version=version))


def test_a_new_requirement_does_what_its_dry_run_said(desk: Desk) -> None:
    desk.work.did(desk.work.cast.aisha, "fire-safety", date(2026, 5, 4))
    draft = desk.start(None)
    revision = desk.answer(
        draft,
        lambda answers: replace(
            yearly(answers), called=Called("The lift", "Lift", "safety"), audience=Everyone(), transition=None
        ),
    )
    change = desk.draft(draft).change
    assert change is not None
    expected = dry_run(EVERYWHERE, desk.work.cast.alder, change).trial

    desk.publish(draft, revision)

    held = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "the-lift")
    found = _as_published(desk, str(held.id), change)
    assert len(expected.differences) > 1
    assert [replace(one, requirement="new") for one in found.differences] == list(expected.differences)


def test_a_draft_leaves_no_trace_on_anyones_standing(client: Client, desk: Desk) -> None:
    ruth = signed_in(client, desk.work.cast.ruth)
    pages = [f"/practices/{ALDER}/", f"/practices/{ALDER}/training/", f"/practices/{ALDER}/training.csv"]
    before = verdicts(desk), [ruth.get(page).content for page in pages[2:]]
    drawn = [ruth.get(page).content.count(b"pr-cell") for page in pages]

    draft = desk.start()
    desk.answer(draft, lambda answers: yearly(answers, way=AtOnce(0), starts_on=date(2025, 3, 1)))
    change = desk.draft(draft).change
    assert change is not None
    assert figures(dry_run(EVERYWHERE, desk.work.cast.alder, change).trial, change).people == 6

    assert (verdicts(desk), [ruth.get(page).content for page in pages[2:]]) == before
    assert [ruth.get(page).content.count(b"pr-cell") for page in pages] == drawn


def test_a_draft_begins_with_what_the_latest_version_says(desk: Desk) -> None:
    latest = requirement_by_key(EVERYWHERE, desk.work.cast.alder, "fire-safety").versions[-1]

    draft = desk.draft(desk.start())

    answers = draft.answers
    assert (answers.audience, answers.met_by) == (latest.rule.audience, latest.rule.met_by)
    assert (answers.first_due_days, answers.notice_days) == (latest.rule.first_due_days, latest.rule.notice_days)
    assert len(answers.citations) == len(latest.citations) > 0
    assert answers.decision is not None
    assert (answers.decision.rationale, answers.decision.decided_by) == (latest.decision.rationale, "")
    assert answers.missing == (Question.WHAT, Question.OVER)
    assert (draft.revision, draft.number, draft.change) == (1, latest.number + 1, None)


def test_answers_are_read_as_they_were_written() -> None:
    other = Otherwise("Every year.", "fire-order", {"met_by": {"achieved": {"subject": "fire", "months": 12}}})
    whole = replace(
        yearly(Answers(called=Called("The lift", "Lift", "safety"))),
        audience=StaffGroup(("nurse",)),
        first_due_days=None,
        ends_on=date(2029, 1, 1),
        citations=(Cited("fire-order", "Periodically.", followed=True, clause="art. 21"),),
        others=(other,),
    )

    for answers in (whole, Answers(), replace(whole, transition=AtOnce(28), met_by=None)):
        assert read_answers(written_answers(answers)) == answers


def test_every_rule_of_the_catalogue_goes_to_the_form_and_back_unchanged() -> None:
    rules = [version.rule for one in catalogue_in().requirements for version in one.versions]
    assert len(rules) > 100

    for rule in rules:
        whom = node_in(fields_of(conditions.tree_of(rule.audience), "c"), "c", conditions.NAMES)
        met = node_in(fields_of(asking.tree_of(rule.met_by), "w"), "w", asking.NAMES)
        assert whom is not None
        assert met is not None
        assert conditions.audience_in(whom, rule.audience) == rule.audience
        assert asking.criterion_in(met, rule.met_by) == rule.met_by
        assert (conditions.problems_in(whom), asking.problems_in(met)) == ([], [])


def test_the_same_draft_is_tried_on_every_practice_beneath(desk: Desk) -> None:
    cast = desk.work.cast
    nadia = cast.nadia.viewer
    draft = start_draft(by=nadia, at=AT, organisation=cast.network)
    answers = replace(yearly(Answers(called=Called("Fire", "", "safety"))), audience=Everyone(), transition=None)
    save_draft(by=nadia, at=AT, draft=draft, revision=1, answers=answers)
    found = draft_of(nadia.scope(Can.EDIT_REQUIREMENTS), cast.network, draft)
    assert found.change is not None
    places = frozenset({cast.alder, cast.birch, cast.cedar})
    tried = dry_runs_beneath(nadia.scope(Can.SEE_SHARES), found, found.change, places)

    figures_of = {one.code: figures(one.trial, one.change) for one in tried if not isinstance(one, str)}
    assert sorted(figures_of) == ["A81001", "A81002"]
    assert (figures_of["A81001"].required, figures_of["A81002"].required) == (6, 3)
    assert [figures_of[code].is_shown for code in sorted(figures_of)] == [True, False]


def test_a_practice_whose_own_rule_starts_later_cannot_be_tried(desk: Desk) -> None:
    cast = desk.work.cast
    draft = desk.start()
    desk.answer(draft, lambda answers: yearly(answers, starts_on=date(2027, 3, 1)))
    found = desk.draft(draft)
    assert found.change is not None
    early = replace(found.change, version=replace(found.change.version, starts_on=date(2020, 1, 1)))

    tried = dry_runs_beneath(EVERYWHERE, found, early, frozenset({cast.birch}))

    assert tried == ["Birch Health Centre"]


def test_a_change_for_fewer_people_says_who_is_let_off(desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    desk.work.did(cast.helen, "fire-safety", date(2026, 5, 4))
    desk.answer(draft, lambda answers: replace(yearly(answers), audience=StaffGroup(("nurse",))))
    change = desk.draft(draft).change
    assert change is not None

    tried = dry_run(EVERYWHERE, cast.alder, change)

    let_off = {one.engagement for one in tried.trial.differences if Effect.NOT_REQUIRED in one.effects()}
    here = {member.engagements[ALDER] for member in (cast.ruth, cast.tomasz, cast.helen, cast.mei, cast.samir)}
    assert let_off == {str(one) for one in here}


def test_starting_changing_publishing_and_discarding_are_in_the_journal(desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    revision = desk.answer(draft, yearly)
    desk.publish(draft, revision)
    other = desk.start("data-security")
    discard_draft(by=cast.ruth.viewer, at=AT, draft=other, revision=1)

    lines = JournalLine.objects.filter(verb__startswith="draft.").order_by("pk")
    assert [(line.verb, line.organisation) for line in lines] == [
        ("draft.started", cast.alder),
        ("draft.changed", cast.alder),
        ("draft.published", cast.alder),
        ("draft.started", cast.alder),
        ("draft.discarded", cast.alder),
    ]
    assert JournalLine.objects.filter(verb="requirement.published", organisation=cast.alder).count() == 1


def test_a_published_draft_is_changed_no_more(desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()
    revision = desk.answer(draft, yearly)
    desk.publish(draft, revision)

    for again in (
        lambda: desk.publish(draft, revision),
        lambda: save_draft(by=cast.ruth.viewer, at=AT, draft=draft, revision=revision, answers=Answers()),
        lambda: discard_draft(by=cast.ruth.viewer, at=AT, draft=draft, revision=revision),
    ):
        with pytest.raises(Refusal, match="published as version"):
            again()


def test_a_version_published_meanwhile_is_not_overtaken(desk: Desk) -> None:
    first, second = desk.start(), desk.start()
    revisions = [desk.answer(one, yearly) for one in (first, second)]
    desk.publish(first, revisions[0])

    assert desk.draft(second).change is None
    with pytest.raises(Refusal) as refused:
        desk.publish(second, revisions[1])
    assert refused.value.field == "from"


def test_nobody_else_touches_a_draft(desk: Desk) -> None:
    cast, draft = desk.work.cast, desk.start()

    with pytest.raises(PermissionDenied):
        desk.start(by=cast.aisha)
    for member in (cast.owen, cast.lorna, cast.nadia):
        with pytest.raises(Http404):
            save_draft(by=member.viewer, at=AT, draft=draft, revision=1, answers=Answers())
        with pytest.raises(Http404):
            publish_draft(by=member.viewer, at=AT, draft=draft, revision=1, number=2)
        with pytest.raises(Http404):
            discard_draft(by=member.viewer, at=AT, draft=draft, revision=1)
    fire = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").id
    with pytest.raises(Http404):
        start_draft(by=cast.lorna.viewer, at=AT, organisation=cast.birch, requirement=fire)
    with pytest.raises(Http404):
        start_draft(by=cast.priya.viewer, at=AT, organisation=cast.birch, requirement=fire)
    with pytest.raises(Http404):
        discard_draft(by=cast.ruth.viewer, at=AT, draft=DraftId(uuid4()), revision=1)


def test_a_requirement_of_ones_own_has_a_key_of_its_own(desk: Desk) -> None:
    cast = desk.work.cast

    def add(title: str, place: OrganisationId = cast.alder, area: str = "safety") -> str:
        made = add_requirement(
            by=cast.priya.viewer,
            at=AT,
            organisation=place,
            called=Called(title, "", area),
            rule=RULE,  # type: ignore[arg-type] # plain JSON
            decision=OURS,
        )
        return str(Requirement.objects.get(pk=made).key)

    assert add("The lift") == "the-lift"
    assert add("The lift!") == "the-lift-2"
    assert add("The lift", cast.birch) == "the-lift"
    assert add("Adopt") == "adopt-2"
    assert add("Fire safety?") == "fire-safety-2"
    for title, area, field in (("the LIFT", "safety", "title"), (" ", "safety", "title"), ("Stairs", "roofs", "area")):
        with pytest.raises(Refusal) as refused:
            add(title, area=area)
        assert refused.value.field == field


def test_a_draft_is_published_or_put_away_and_of_something(desk: Desk) -> None:
    draft = desk.start(None)

    for wrong in ({"published_number": 1}, {"revision": 0}):
        with acting(), pytest.raises(IntegrityError), transaction.atomic():
            Row.objects.filter(pk=draft).update(**wrong)
