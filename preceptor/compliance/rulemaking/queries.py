"""Every read of drafts, and of the world they are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from preceptor.compliance.requirements.domain.audience import Audience
from preceptor.compliance.requirements.domain.criteria import State
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.held import HeldRequirement
from preceptor.compliance.requirements.domain.loading import Said
from preceptor.compliance.requirements.domain.looser import Looser
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import looser_than, requirement_by_key, requirements_of
from preceptor.compliance.requirements.queries.rows import requirement_row, said_in
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.trials import Trial
from preceptor.compliance.standing.queries import Loaded, Seat, load, loaded_of
from preceptor.compliance.subjects.queries import areas
from preceptor.foundation.access import Scope
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import organisations_in

from . import models
from .domain.answers import read_answers
from .domain.drafts import Draft, DraftId
from .domain.effects import NEW, Change, tried
from .domain.today import Sitter, Today, today_of

# Asks nothing that matters: only whom it is asked of is looked at.
_NOTHING: Final = State("?")
_EVER: Final = date(1900, 1, 1)


def drafts_of(scope: Scope, organisation: UUID) -> list[Draft]:
    """An organisation's drafts that are neither published nor discarded, those changed last at the top."""
    rows = _rows(scope, organisation).filter(published_number=None).order_by("-changed_at", "pk")
    found = list(rows)
    held = {one.key: one for one in requirements_of(scope, organisation)} if found else {}
    return [_draft(row, held.get(row.requirement.key) if row.requirement else None) for row in found]


def drafts_about(scope: Scope, organisation: UUID, held: HeldRequirement) -> list[Draft]:
    """The drafts of one requirement's next version that are neither published nor discarded, the latest at the top."""
    rows = _rows(scope, organisation).filter(published_number=None, requirement_id=held.id)
    return [_draft(row, held) for row in rows.order_by("-changed_at", "pk")]


def draft_of(scope: Scope, organisation: UUID, draft: UUID) -> Draft:
    """One draft, published or not. Outside the scope, and once discarded, it does not exist."""
    row = _rows(scope, organisation).filter(pk=draft).first()
    if row is None:
        raise Http404
    held = requirement_by_key(scope, organisation, row.requirement.key) if row.requirement else None
    return _draft(row, held)


def draft_row(scope: Scope, draft: DraftId) -> models.Draft:
    """A draft's row, held until the action is over. Outside the scope, and once discarded, it does not exist."""
    rows = models.Draft.objects.select_for_update(of=("self",)).select_related("requirement")
    row = rows.filter(pk=draft, discarded_at=None).first()
    if row is None or not scope.holds(row.owner_id):
        raise Http404
    return row


def looser_of(scope: Scope, draft: Draft, names: Names) -> Looser | None:
    """Where a draft asks for less of what a law asks than what its requirement was taken over from; None where nowhere.

    None too while too little is said, and once it is published.
    """
    version = draft.answers.version
    if version is None or draft.requirement is None or draft.published is not None:
        return None
    return looser_than(scope, draft.requirement.id, version, names)


def latest_said(scope: Scope, requirement: RequirementId) -> Said:
    """What the latest version of a requirement says, with the decision behind it and its sources."""
    return said_in(list(requirement_row(scope, requirement).versions.all())[-1])


def subject_areas() -> list[tuple[str, str]]:
    """Every area a requirement can stand in, in order."""
    return [(one.code, one.name) for one in areas()]


def people_in(loaded: Loaded, audience: Audience, today: date) -> list[Seat]:
    """The engagements an audience takes in on a day, by name. Nothing is asked of anybody by it."""
    asked = Requirement("?", (Version(_EVER, None, audience, _NOTHING, None),))
    world = replace(loaded.world, requirements=(asked,), adjustments=())
    found = [loaded.seats[one.engagement] for one in Judge(world).verdicts(today)]
    return sorted(found, key=lambda seat: (seat.sort_name, seat.engagement))


@dataclass(frozen=True, slots=True)
class Tried:
    """A change tried on the people of one organisation: what it is called, who they are, and what would happen."""

    code: str
    name: str
    loaded: Loaded
    change: Change
    trial: Trial

    @property
    def seats(self) -> Mapping[str, Seat]:
        """The people tried, by engagement."""
        return self.loaded.seats


def dry_run(scope: Scope, organisation: UUID, change: Change) -> Tried:
    """A change tried on everyone an organisation engages, as known now. Asked after publishing, it says the same."""
    return _tried(loaded_of(scope, organisation, skills=False), change)


def dry_runs_beneath(scope: Scope, draft: Draft, change: Change, places: frozenset[UUID]) -> list[Tried | str]:
    """The same change tried on each practice beneath that is in the scope, by name, in a fixed number of queries.

    Each keeps its own earlier versions of the requirement with that key; where its own rule starts later, its name
    stands alone.
    """
    practices = [one for one in organisations_in(scope) if one.pk in places and one.kind == Kind.PRACTICE]
    found: list[Tried | str] = []
    key = draft.requirement.key if draft.requirement else ""
    for one in load(scope, [practice.pk for practice in practices], skills=False).values():
        own = next((asked for asked in one.asked.values() if asked.key == key), None)
        earlier = own.rule.versions if own else ()
        if earlier and earlier[-1].starts_on >= change.version.starts_on:
            found.append(one.organisation.name)
            continue
        theirs = replace(
            change,
            requirement=str(own.id) if own else NEW,
            earlier=earlier,
            minutes_before=(own.minutes or 0) if own else 0,
        )
        found.append(_tried(one, theirs))
    return found


def standing_today(scope: Scope, organisation: UUID, requirement: RequirementId, today: date) -> Today:
    """How one requirement stands with everyone an organisation engages on a day."""
    loaded = loaded_of(scope, organisation, on=today, skills=False)
    pairs = [(engagement, str(requirement)) for engagement in loaded.seats] if str(requirement) in loaded.asked else []
    sitters = {key: Sitter(str(seat.person), seat.role_name) for key, seat in loaded.seats.items()}
    return today_of(loaded.judge().verdicts(today, pairs), sitters)


def world_known(scope: Scope, organisation: UUID, today: date | None = None) -> Loaded:
    """An organisation's people, rules and records as known now; with a day, only those engaged on it."""
    return loaded_of(scope, organisation, on=today, skills=False)


def _tried(loaded: Loaded, change: Change) -> Tried:
    place = loaded.organisation
    return Tried(place.code, place.name, loaded, change, tried(loaded.world, place.code, change))


def _rows(scope: Scope, organisation: UUID) -> QuerySet[models.Draft]:
    if not scope.holds(organisation):
        raise Http404
    rows = models.Draft.objects.filter(owner_id=organisation, discarded_at=None)
    return rows.select_related("requirement")


def _draft(row: models.Draft, held: HeldRequirement | None) -> Draft:
    return Draft(
        id=DraftId(row.pk),
        owner=row.owner_id,
        requirement=held,
        answers=read_answers(row.answers),
        revision=row.revision,
        started_by=row.started_by_name,
        started_at=row.started_at,
        changed_by=row.changed_by_name,
        changed_at=row.changed_at,
        published=row.published_number,
    )
