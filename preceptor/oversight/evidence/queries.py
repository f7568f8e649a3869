"""Every read of the training needs analysis: the living one, and those that were endorsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from preceptor.compliance.packs.queries import declined_by_law
from preceptor.compliance.requirements.queries import names_for, requirements_of, training_item_on
from preceptor.compliance.standing.domain.facts import Dated
from preceptor.compliance.standing.domain.measures import share_in_date
from preceptor.compliance.standing.queries import Loaded, loaded_of
from preceptor.foundation.access import Scope
from preceptor.foundation.files import StoredFile
from preceptor.register.organisations.queries import clinical_systems
from preceptor.register.people.domain import ContractTerms
from preceptor.register.people.queries import job_roles, tasks

from .domain import Analysis, Asked, Facts, Holder, Measure, NotRequired, RoleFacts, analysis, digest_of, opened
from .models import EndorsedAnalysis


def analysis_of(scope: Scope, organisation: UUID, on: date, published_on: date) -> Analysis:
    """The living analysis of a place on a day, with the training item measured on a day of publication.

    Outside the scope it does not exist.
    """
    loaded = loaded_of(scope, organisation, on=on, skills=False)
    names = names_for(scope)
    verdicts = loaded.verdicts(on)
    share = share_in_date(verdicts.values())
    needs: dict[str, set[str]] = {engagement: set() for engagement in loaded.seats}
    for engagement, requirement in verdicts:
        needs[engagement].add(loaded.asked[requirement].key)
    duties = {one.id: _holding(one.tasks, on) for one in loaded.world.engagements}
    place = loaded.organisation
    here = next(one for one in loaded.world.organisations if one.id == place.code)
    in_use = _holding(here.systems, on)
    return analysis(
        Facts(
            code=place.code,
            place=place.name,
            on=on,
            holders=tuple(
                Holder(
                    person=str(seat.person),
                    name=seat.name,
                    role=seat.role,
                    group=seat.group_name,
                    group_position=seat.group_position,
                    kind=seat.kind,
                    needs=frozenset(needs[seat.engagement]),
                    tasks=duties.get(seat.engagement, frozenset()),
                )
                for seat in loaded.seats.values()
            ),
            asked=tuple(_asked(scope, organisation, on)),
            roles=_roles(),
            tasks={task.code: task.name for task in tasks()},
            systems=tuple((one.name, one.use) for one in clinical_systems() if one.code in in_use),
            names=names,
            in_date=share.part,
            of=share.whole,
            measure=_measure(loaded, published_on, names.subjects)
            if published_on == on
            else _measure(loaded_of(scope, organisation, on=published_on, skills=False), published_on, names.subjects),
            not_required=tuple(
                NotRequired(one.key, one.title, one.legal_reason, one.reason, one.starts_on, one.by)
                for one in declined_by_law(scope, organisation)
            ),
        )
    )


def _asked(scope: Scope, organisation: UUID, on: date) -> Iterator[Asked]:
    for one in requirements_of(scope, organisation):
        version = one.in_force(on)
        if version is not None:
            followed = dict.fromkeys(said.source.title for said in version.citations if said.followed)
            yield Asked(one.key, one.title, one.area_name, version.rule, version.decision, tuple(followed))


def _measure(loaded: Loaded, published_on: date, subjects: Mapping[str, str]) -> Measure | None:
    item = training_item_on(published_on)
    share = loaded.trained(published_on, item.subject) if item else None
    if item is None or share is None or not share.whole:
        return None
    return Measure(
        item=item.item,
        subject=item.subject,
        subject_name=subjects.get(item.subject, item.subject),
        needed=item.percent,
        published_on=published_on,
        trained=share.part,
        of=share.whole,
        is_verified=item.verified,
        note=item.note,
    )


def _roles() -> dict[str, RoleFacts]:
    return {
        one.code: RoleFacts(
            name=one.name,
            data=one.data,
            uses=tuple(one.uses),
            terms=ContractTerms(**one.terms) if one.terms else None,
        )
        for one in job_roles()
    }


def _holding(dated: tuple[Dated, ...], on: date) -> frozenset[str]:
    return frozenset(
        one.value
        for one in dated
        if (one.starts_on is None or one.starts_on <= on) and (one.ends_on is None or on < one.ends_on)
    )


@dataclass(frozen=True, slots=True)
class Frozen:
    """An endorsed analysis, opened. `is_sound` says that its text still has the digest it was given."""

    number: int
    analysis: Analysis
    text: str
    sha256: str
    is_sound: bool
    recorded_at: datetime
    pdf: StoredFile


@dataclass(frozen=True, slots=True)
class Listed:
    """An endorsed analysis in a list."""

    number: int
    endorsed_by: str
    endorsed_on: date
    review_by: date
    sha256: str


def versions_of(scope: Scope, organisation: UUID) -> list[Listed]:
    """The endorsed analyses of a place, the newest first."""
    rows = EndorsedAnalysis.objects.filter(_within(scope), organisation_id=organisation).order_by("-number")
    return [
        Listed(row.number, row.endorsed_by, row.endorsed_on, row.review_by, row.sha256) for row in rows.defer("content")
    ]


def version_of(scope: Scope, organisation: UUID, number: int) -> Frozen:
    """One endorsed analysis as it was. Outside the scope it does not exist."""
    rows = EndorsedAnalysis.objects.filter(_within(scope), organisation_id=organisation, number=number)
    row = rows.select_related("pdf").first()
    if row is None:
        raise Http404
    return Frozen(
        number=row.number,
        analysis=opened(row.content),
        text=row.content,
        sha256=row.sha256,
        is_sound=digest_of(row.content) == row.sha256,
        recorded_at=row.recorded_at,
        pdf=row.pdf,
    )


def _within(scope: Scope) -> Q:
    return Q() if scope.everywhere else Q(organisation_id__in=scope.organisations)
