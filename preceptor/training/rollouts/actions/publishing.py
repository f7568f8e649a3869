"""Publishing a notice, taking it over, and making a requirement of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from preceptor.compliance.requirements.domain.decisions import Cited, Decision, Force, NewSource, RequirementId
from preceptor.compliance.rulemaking.actions import save_draft, start_draft
from preceptor.compliance.rulemaking.domain.drafts import DraftId
from preceptor.compliance.rulemaking.queries import draft_of as rule_draft_of
from preceptor.compliance.subjects.actions import add_skills
from preceptor.compliance.subjects.domain import Level
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import supersede
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.drafts import NoticeDraft
from ..domain.notice import NoticeId, RolloutId, written_notice
from ..domain.rules import REFRESHER, long_past, refresher_at, subject_of, title_of
from ..models import Refresher, RolloutAdoption, RolloutRule, RolloutVersion
from ..queries.drafts import draft_of
from ..queries.places import rollout_at
from .drafting import opened

_LONGEST_NAME: Final = 120
_REFRESHER: Final = "Yearly refresher of what changed"


@action("rollout.published", may=Can.EDIT_ROLLOUTS)
def publish_notice(
    *, by: Viewer, at: datetime, rollout: RolloutId, revision: int, changed: str = "", asks_again: bool = False
) -> NoticeId:
    """Publishes a draft. The first version asks everybody it touches; its own place takes it over at once.

    Who read an earlier version is asked again only when `asks_again` says so, or when there is something else to do.
    Refuses a draft that lacks something, and a correction that does not say what it corrects.
    """
    row = opened(by, rollout, revision)
    draft = draft_of(by.scope(Can.EDIT_ROLLOUTS), row.rollout.owner_id, rollout)
    for part, message in draft.notice.missing:
        raise Refusal(message, field=part)
    if draft.earlier and not changed.strip():
        raise Refusal("Say what you correct. It stands at the top of the notice", field="changed")
    is_new = not draft.earlier or asks_again or draft.must_ask_again
    text = written_notice(draft.notice)
    version = RolloutVersion.objects.create(
        rollout_id=rollout,
        number=draft.number,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        asks_again=is_new,
        changed=changed.strip() if draft.earlier else "",
        published_on=london_date(at),
        at=at,
        by=by.user,
        by_name=by.name,
    )
    if is_new:
        _name_steps(by, at, NoticeId(version.pk), draft)
    row.is_open, row.changed_at, row.changed_by_name = False, at, by.name
    row.save(update_fields=["is_open", "changed_at", "changed_by_name"])
    before = draft.earlier[-1].notice.goes_live_on if draft.earlier else None
    if draft.notice.goes_live_on != before:
        _decide(by, at, row.rollout.owner, rollout, draft.notice.goes_live_on, "")
    return NoticeId(version.pk)


@action("rollout.adopted", may=Can.EDIT_ROLLOUTS)
def adopt_rollout(
    *, by: Viewer, at: datetime, organisation: OrganisationId, rollout: RolloutId, goes_live_on: date
) -> None:
    """Takes a rollout over at a place, or changes the day it goes live there. Whom it touches there is asked from now.

    Refuses one that does not reach the place.
    """
    place = _locked(by, organisation)
    held = rollout_at(by.scope(Can.EDIT_ROLLOUTS), place.pk, rollout, london_date(at))
    if too_old := long_past(goes_live_on, london_date(at)):
        raise Refusal(too_old, field="goes_live_on")
    if held.followed is not None and held.followed.goes_live_on == goes_live_on:
        raise Refusal("It goes live here on that day already", field="goes_live_on")
    _decide(by, at, place, rollout, goes_live_on, "")


@action("rollout.declined", may=Can.EDIT_ROLLOUTS)
def decline_rollout(*, by: Viewer, at: datetime, organisation: OrganisationId, rollout: RolloutId, reason: str) -> None:
    """Leaves a rollout out at a place, with a reason, or ends it there. Nobody there is asked from today on."""
    place = _locked(by, organisation)
    rollout_at(by.scope(Can.EDIT_ROLLOUTS), place.pk, rollout, london_date(at))
    if not reason.strip():
        raise Refusal("Say why. Whoever published it reads this", field="reason")
    _decide(by, at, place, rollout, None, reason.strip())


@action("rollout.rule-drafted", may=Can.EDIT_REQUIREMENTS)
def draft_rule(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    rollout: RolloutId,
    requirement: RequirementId | None = None,
) -> DraftId:
    """Starts the draft of a requirement, or of the next version of one, with the notice as its reason and source."""
    today = london_date(at)
    place = organisation_by_id(by.scope(Can.EDIT_ROLLOUTS), organisation)
    held = rollout_at(by.scope(Can.EDIT_ROLLOUTS), place.pk, rollout, today)
    notice = held.latest.notice
    draft = start_draft(by=by, at=at, organisation=organisation, requirement=requirement)
    begun = rule_draft_of(by.scope(Can.EDIT_REQUIREMENTS), place.pk, draft)
    reason = f"{notice.title} goes live on {held.goes_live_on:%d %B %Y}. {notice.in_one}"
    decision = begun.answers.decision or Decision(Force.LOCAL, "")
    answers = replace(
        begun.answers,
        audience=begun.answers.audience or notice.whom,
        starts_on=begun.answers.starts_on or max(held.goes_live_on, today),
        decision=replace(decision, rationale=reason.lstrip("0")),
    )
    source = NewSource(f"Change notice: {notice.title}", held.owner_name, Force.LOCAL, checked_on=today)
    cited = Cited("", notice.in_one, followed=True, verified=True)
    save_draft(by=by, at=at, draft=draft, revision=begun.revision, answers=answers, citing=(source, cited))
    RolloutRule.objects.create(rollout_id=rollout, organisation=place, draft_id=draft, at=at, by_name=by.name)
    return draft


@action("refresher.set", may=Can.EDIT_ROLLOUTS)
def set_refresher(*, by: Viewer, at: datetime, organisation: OrganisationId, is_asked: bool) -> None:
    """Asks everyone at a place to confirm once a year what changed, from today on; or asks no longer."""
    place = _locked(by, organisation)
    held = Refresher.objects.filter(organisation=place, superseded_at=None)
    if held.exists() == is_asked:
        return
    if not is_asked:
        supersede(held, at)
        return
    add_skills(by=by, at=at, skills={refresher_at(place.pk): _REFRESHER}, levels=[Level(1, "Done")])
    Refresher.objects.create(organisation=place, starts_on=london_date(at), recorded_at=at, by=by.user, by_name=by.name)


def _name_steps(by: Viewer, at: datetime, edition: NoticeId, draft: NoticeDraft) -> None:
    """Lets records be of what the notice asks."""
    notice = draft.notice
    names = {
        subject_of(edition, step): f"{notice.title}: {title_of(notice, step)}"[:_LONGEST_NAME] for step in notice.asked
    }
    add_skills(by=by, at=at, skills={**names, REFRESHER: _REFRESHER}, levels=[Level(1, "Done")])


def _decide(
    by: Viewer, at: datetime, place: Organisation, rollout: RolloutId, goes_live_on: date | None, reason: str
) -> None:
    RolloutAdoption.objects.create(
        rollout_id=rollout,
        organisation=place,
        goes_live_on=goes_live_on,
        reason=reason,
        decided_on=london_date(at),
        at=at,
        by=by.user,
        by_name=by.name,
    )


def _locked(by: Viewer, organisation: OrganisationId) -> Organisation:
    """The place, held until the action is over."""
    place = organisation_by_id(by.scope(Can.EDIT_ROLLOUTS), organisation)
    return Organisation.objects.select_for_update().get(pk=place.pk)
