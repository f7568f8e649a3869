"""Every read of which places a rollout reaches, and who takes it over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from preceptor.compliance.requirements.queries.scopes import obliging
from preceptor.foundation.access import Scope
from preceptor.register.models import ClinicalSystem

from ..domain.notice import RolloutId
from ..domain.rules import Followed, Published
from ..models import Refresher, Rollout, RolloutAdoption, RolloutRule, RolloutVersion
from .drafts import above_today, published_of


@dataclass(frozen=True, slots=True)
class AtPlace:
    """A published rollout as it is at a place: whose it is, what it says, and what the place decided."""

    id: RolloutId
    owner: UUID
    owner_name: str
    versions: tuple[Published, ...]
    followed: Followed | None
    declined: str = ""

    @property
    def latest(self) -> Published:
        """The last version of the notice."""
        return self.versions[-1]

    @property
    def is_open(self) -> bool:
        """Has the place still to decide?"""
        return self.followed is None and not self.declined

    @property
    def moved_to(self) -> date | None:
        """The day its publisher moved it to since the place decided on its own; None where they are the same."""
        if self.followed is None:
            return None
        seen = [one for one in self.versions if one.published_at <= self.followed.recorded_at]
        before, now = (seen or self.versions)[-1].notice.goes_live_on, self.latest.notice.goes_live_on
        return now if now not in {before, self.followed.goes_live_on} else None

    @property
    def goes_live_on(self) -> date:
        """The day it goes live at the place, or as its publisher says."""
        return self.followed.goes_live_on if self.followed else self.latest.notice.goes_live_on


@dataclass(frozen=True, slots=True)
class RuleMade:
    """A draft of a requirement that came of a rollout; with the requirement once it is published."""

    draft: UUID
    key: str = ""
    title: str = ""
    number: int = 0


def rollouts_at(scope: Scope, organisation: UUID, today: date) -> list[AtPlace]:
    """The published rollouts that reach a place, its own and those from above, the last to go live at the top."""
    if not scope.holds(organisation):
        raise Http404
    above = above_today(organisation, today)
    rows = Rollout.objects.filter(owner_id__in=[organisation, *above]).select_related("owner")
    return sorted(_at(organisation, list(rows)), key=lambda one: (one.goes_live_on, str(one.id)), reverse=True)


def rollout_at(scope: Scope, organisation: UUID, rollout: RolloutId, today: date) -> AtPlace:
    """One published rollout as it is at a place. Outside the scope, or where it does not reach, it does not exist."""
    found = next((one for one in rollouts_at(scope, organisation, today) if one.id == rollout), None)
    if found is None:
        raise Http404
    return found


def followed_at(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None = None
) -> dict[UUID, list[Followed]]:
    """What places have taken over and not given up before it began, by place, in a number of queries that is fixed."""
    rows = RolloutAdoption.objects.filter(obliging(scope, "organisation_id"), organisation_id__in=organisations)
    if known_at is not None:
        rows = rows.filter(at__lte=known_at)
    decided: dict[tuple[UUID, UUID], list[RolloutAdoption]] = {}
    for row in rows.order_by("organisation_id", "at", "pk"):
        decided.setdefault((row.organisation_id, row.rollout_id), []).append(row)
    versions = published_of({rollout for _, rollout in decided})
    found: dict[UUID, list[Followed]] = {}
    for (organisation, rollout), some in decided.items():
        known = tuple(one for one in versions.get(rollout, ()) if known_at is None or one.published_at <= known_at)
        followed = _followed(RolloutId(rollout), known, some)
        if followed is not None:
            found.setdefault(organisation, []).append(followed)
    return found


def refreshers_at(organisations: Collection[UUID]) -> dict[UUID, Refresher]:
    """The places that ask for the yearly refresher, by place."""
    rows = Refresher.objects.filter(organisation_id__in=organisations, superseded_at=None)
    return {row.organisation_id: row for row in rows}


def rules_of(organisation: UUID, rollout: RolloutId) -> list[RuleMade]:
    """The drafts of requirements that a place started because of a rollout, with what became of them."""
    rows = RolloutRule.objects.filter(organisation_id=organisation, rollout_id=rollout, draft__discarded_at=None)
    found = []
    for row in rows.select_related("draft__requirement").order_by("at", "pk"):
        held, number = row.draft.requirement, row.draft.published_number
        made = held is not None and number is not None
        found.append(
            RuleMade(row.draft_id, held.key if made else "", held.title if made else "", number or 0)
            if held is not None
            else RuleMade(row.draft_id)
        )
    return found


def decisions_on(rollout: RolloutId, places: Collection[UUID]) -> dict[UUID, RolloutAdoption]:
    """What places decided of a rollout last, by place."""
    rows = RolloutAdoption.objects.filter(rollout_id=rollout, organisation_id__in=places).order_by("at", "pk")
    return {row.organisation_id: row for row in rows}


def corrections_of(rollout: RolloutId) -> dict[int, tuple[date, str]]:
    """What each correction of a notice corrects and since when, by its number."""
    rows = RolloutVersion.objects.filter(rollout_id=rollout, number__gt=1).order_by("number")
    return {row.number: (row.published_on, row.changed) for row in rows}


def system_names() -> dict[str, str]:
    """Every clinical system by its code, in the order of their names."""
    return dict(ClinicalSystem.objects.order_by("name", "code").values_list("code", "name"))


def _at(organisation: UUID, rows: list[Rollout]) -> Iterable[AtPlace]:
    versions = published_of(row.pk for row in rows)
    decisions: dict[UUID, list[RolloutAdoption]] = {}
    adoptions = RolloutAdoption.objects.filter(organisation_id=organisation, rollout_id__in=list(versions))
    for one in adoptions.order_by("at", "pk"):
        decisions.setdefault(one.rollout_id, []).append(one)
    for row in rows:
        if row.pk not in versions:
            continue
        decided = decisions.get(row.pk, [])
        last = decided[-1] if decided else None
        is_followed = last is not None and last.goes_live_on is not None
        yield AtPlace(
            id=RolloutId(row.pk),
            owner=row.owner_id,
            owner_name=row.owner.name,
            versions=versions[row.pk],
            followed=_followed(RolloutId(row.pk), versions[row.pk], decided) if is_followed else None,
            declined=last.reason if last is not None and not is_followed else "",
        )


def _followed(rollout: RolloutId, versions: tuple[Published, ...], decided: list[RolloutAdoption]) -> Followed | None:
    """What a place follows, by its decisions in order: since the first of a run of yes, as the last yes of it says.

    No and yes on one day end nothing: the time goes on.
    """
    times: list[Followed] = []
    for row in decided:
        last = times[-1] if times else None
        if row.goes_live_on is None:
            if last is not None and last.ends_on is None:
                times[-1] = replace(last, ends_on=row.decided_on)
        elif last is None or last.ends_on not in (None, row.decided_on):
            times.append(Followed(rollout, versions, row.decided_on, row.goes_live_on, row.at))
        else:
            times[-1] = replace(last, goes_live_on=row.goes_live_on, recorded_at=row.at, ends_on=None)
    if not times or not versions:
        return None
    return replace(times[-1], before=tuple(times[:-1]))
