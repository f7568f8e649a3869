"""Every change to drafts; publishing is done by requirements."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import Http404

from preceptor.compliance.requirements.actions import add_requirement, add_source, publish_version
from preceptor.compliance.requirements.domain.decisions import Cited, NewSource, RequirementId
from preceptor.compliance.requirements.domain.examples import RuleExample
from preceptor.compliance.requirements.queries.rows import requirement_row
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from . import models
from .domain.answers import Answers, answers_from, answers_like, read_answers, rule_of, written_answers
from .domain.drafts import DraftId
from .domain.questions import SHORT
from .queries import draft_row, latest_said


@action("draft.started", may=Can.EDIT_REQUIREMENTS)
def start_draft(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    requirement: RequirementId | None = None,
    example: RuleExample | None = None,
) -> DraftId:
    """Starts a draft of a requirement's next version, with what the latest one says, or of a new requirement.

    A new one begins with nothing, or with the rule of an example. Refuses a requirement that has ended.
    """
    scope = by.scope(Can.EDIT_REQUIREMENTS)
    owner = organisation_by_id(scope, organisation)
    answers = answers_like(example) if example else Answers()
    if requirement is not None:
        row = requirement_row(scope, requirement)
        if row.owner_id != owner.pk:
            raise Http404
        if hasattr(row, "retirement"):
            raise Refusal(f"{row.title} has ended and cannot be changed", field="requirement")
        answers = answers_from(latest_said(scope, requirement))
    draft = models.Draft.objects.create(
        owner=owner,
        requirement_id=requirement,
        answers=written_answers(answers),
        started_at=at,
        started_by_name=by.name,
        changed_at=at,
        changed_by_name=by.name,
    )
    return DraftId(draft.pk)


@action("draft.changed", may=Can.EDIT_REQUIREMENTS)
def save_draft(
    *,
    by: Viewer,
    at: datetime,
    draft: DraftId,
    revision: int,
    answers: Answers,
    citing: tuple[NewSource, Cited] | None = None,
) -> int:
    """Keeps the answers of a draft and says its new revision; a source they cite that is new is added to the owner's.

    Refuses who has not seen the latest one, and what adding a source refuses.
    """
    row = _open(by, draft, revision)
    if citing is not None:
        source, cited = citing
        key = add_source(by=by, at=at, organisation=OrganisationId(row.owner_id), source=source)
        answers = replace(answers, citations=(*answers.citations, replace(cited, source=key)))
    _save(row, by, at, answers)
    return row.revision


@action("draft.discarded", may=Can.EDIT_REQUIREMENTS)
def discard_draft(*, by: Viewer, at: datetime, draft: DraftId, revision: int) -> None:
    """Puts a draft away for good. Nobody's standing was ever touched by it. Refuses who has not seen the latest one."""
    row = _open(by, draft, revision)
    row.discarded_at = at
    row.changed_at, row.changed_by_name = at, by.name
    row.save(update_fields=["discarded_at", "changed_at", "changed_by_name"])


@action("draft.published", may=Can.EDIT_REQUIREMENTS)
def publish_draft(*, by: Viewer, at: datetime, draft: DraftId, revision: int, number: int) -> int:
    """Publishes a draft as the next version of its requirement, or as a new one, and says its number.

    Refuses while a question is open, with that question as the field, whatever publishing a version refuses, and who
    has not seen the latest revision, or tried it as another number: it would take over from what they have not seen.
    """
    row = _open(by, draft, revision)
    answers = read_answers(row.answers)
    for question in answers.missing:
        raise Refusal(f"Answer “{SHORT[question]}” before publishing", field=question)
    version, decision = answers.version, answers.decision
    if version is None or decision is None:
        raise Refusal("Answer every question before publishing")
    if row.requirement is None:
        if answers.called is None:
            raise Refusal("Say what it is called", field="title")
        made = add_requirement(
            by=by,
            at=at,
            organisation=OrganisationId(row.owner_id),
            called=answers.called,
            rule=rule_of(version),
            decision=decision,
            citations=answers.citations,
            alternatives=answers.others,
        )
        row.requirement_id, row.published_number = made, 1
    else:
        row.published_number = publish_version(
            by=by,
            at=at,
            requirement=RequirementId(row.requirement.pk),
            rule=rule_of(version),
            decision=decision,
            citations=answers.citations,
            alternatives=answers.others,
        )
    if row.published_number != number:
        raise Refusal(
            f"Version {number} was published while you had this open, and yours was not. "
            f"See what yours would change as version {row.published_number}"
        )
    row.save(update_fields=["requirement", "published_number"])
    return row.published_number


def _save(row: models.Draft, by: Viewer, at: datetime, answers: Answers) -> None:
    row.answers = written_answers(answers)
    row.revision += 1
    row.changed_at, row.changed_by_name = at, by.name
    row.save(update_fields=["answers", "revision", "changed_at", "changed_by_name"])


def _open(by: Viewer, draft: DraftId, revision: int) -> models.Draft:
    """The draft, if it is the viewer's to change, still open, and as they last saw it."""
    row = draft_row(by.scope(Can.EDIT_REQUIREMENTS), draft)
    concerning(row.owner_id)
    if row.published_number is not None:
        raise Refusal(f"This draft was published as version {row.published_number}. Start a new one to change more")
    if row.revision != revision:
        when = london_date(row.changed_at)
        raise Refusal(
            f"{row.changed_by_name} changed this draft on {when.day} {when:%B %Y} while you had it open. "
            "Nothing of yours was saved. Open the question again to see the draft as it is now"
        )
    return row
