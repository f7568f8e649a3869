"""Every read of what people say of their skills, whom they ask, and what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from preceptor.compliance.records.models import Record
from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import Loaded, loaded_of
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import holding, known
from preceptor.register.models import SystemUsed
from preceptor.ui.words import day

from ..domain.framework import SUBJECT_PREFIX, Level, Shown, Skill
from ..domain.rules import Expected, criterion
from ..domain.signing import Answer, AskId, Logged, Open, OwnSkill, Rating, RatingId, Said, SeenIn, Signed, SignOffId
from ..models import AskTakenBack, NamedAssessor, NotYet, SignOff, SignOffAsk, SkillRating

_EVER: Final = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who may sign for a skill at a place on a day, and what entitles them."""

    person: UUID
    name: str
    entitled_by: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named to sign for a skill, by whom and why."""

    id: int
    person: UUID
    name: str
    reason: str
    by_name: str
    since: date


def own_skill(scope: Scope, person: UUID, skill: str) -> OwnSkill:
    """What one person said of one skill, whom they asked, and what was answered, the newest first.

    It is theirs to see: for anybody else there is nothing.
    """
    if scope.person != person and not scope.everywhere:
        raise Http404
    ratings = [_rating(row) for row in SkillRating.objects.filter(person_id=person, skill=skill).order_by("-at", "-pk")]
    signed = SignOff.objects.filter(person_id=person, skill=skill).select_related("ask__rating", "record__withdrawal")
    refused = NotYet.objects.filter(ask__rating__person_id=person, ask__rating__skill=skill).select_related("ask")
    return OwnSkill(
        ratings=tuple(ratings),
        asked=tuple(_open(row) for row in _unanswered().filter(rating__person_id=person, rating__skill=skill)),
        signed=tuple(_signed(row) for row in signed.order_by("-at", "-pk")),
        answers=tuple(Answer(row.by_name, row.words, london_date(row.at)) for row in refused.order_by("-at", "-pk")),
        logged=logged_by(person, skill),
    )


def own_ask(person: UUID, ask: AskId) -> Open:
    """What one person asked of somebody, answered or not. Somebody else's does not exist."""
    rows = SignOffAsk.objects.select_related("rating__person", "organisation")
    row = rows.filter(pk=ask, rating__person_id=person).first()
    if row is None:
        raise Http404
    return _open(row)


def logged_by(person: UUID, skill: str) -> tuple[Logged, ...]:
    """The procedures somebody logged of a skill and nobody withdrew or refused, the oldest first."""
    rows = Record.objects.filter(
        Q(decision=None) | Q(decision__accepted=True),
        person_id=person,
        subject_id=f"{SUBJECT_PREFIX}{skill}",
        kind="log",
        withdrawal=None,
    ).select_related("decision")
    return tuple(
        Logged(row.pk, row.on, row.provider, row.note, counts=getattr(row, "decision", None) is not None)
        for row in rows.order_by("on", "recorded_at", "pk")
    )


def has_said_aware(person: UUID, skill: Skill) -> bool:
    """Is somebody's own word on a skill in the ledger, and neither withdrawn nor refused?"""
    return Record.objects.filter(
        Q(decision=None) | Q(decision__accepted=True),
        person_id=person,
        subject_id=skill.subject,
        kind="reflection",
        withdrawal=None,
    ).exists()


def asked_of(scope: Scope, assessor: UUID) -> list[Open]:
    """What one person was asked to sign for and has not answered, the oldest first, where they still work."""
    rows = _unanswered().filter(assessor_id=assessor)
    if not scope.everywhere:
        rows = rows.filter(organisation_id__in=scope.organisations)
    return [_open(row) for row in rows]


def asks_about(scope: Scope, organisation: UUID, person: UUID) -> list[Open]:
    """What one person asked to have signed at a place and waits for: theirs and their manager's to see."""
    if not scope.holds(organisation):
        raise Http404
    rows = _unanswered().filter(organisation_id=organisation, rating__person_id=person)
    return [_open(row) for row in rows]


def ask_for(scope: Scope, assessor: UUID, ask: AskId) -> Open:
    """What one person was asked to sign for. Answered, of somebody else, or elsewhere it does not exist."""
    found = next((one for one in asked_of(scope, assessor) if one.id == ask), None)
    if found is None:
        raise Http404
    return found


def taken_back(scope: Scope, assessor: UUID, ask: AskId) -> str:
    """In a sentence, why what one person was asked waits no more; empty where it was not taken back."""
    rows = AskTakenBack.objects.filter(ask_id=ask, ask__assessor_id=assessor).select_related("ask__rating__person")
    row = rows.first()
    if row is None or not scope.holds(row.ask.organisation_id):
        return ""
    return _why_back(row)


def taken_back_by_token(token: str, today: date) -> str:
    """In a sentence, why what a link asked waits no more; empty where it was not taken back, or the link is too old."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = AskTakenBack.objects.filter(ask__link_sha256=digest, ask__expires_on__gte=today)
    row = rows.select_related("ask__rating__person").first()
    return _why_back(row) if row else ""


def ask_by_token(token: str, today: date) -> Open:
    """What somebody outside was asked to sign for by a link. Answered, too old or unknown, it does not exist."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    row = _unanswered().filter(link_sha256=digest, expires_on__gte=today).first()
    if row is None:
        raise Http404
    return _open(row)


def sign_off_by_id(scope: Scope, sign_off: SignOffId) -> tuple[Signed, str]:
    """A signature with whose it is: theirs and their manager's to read, and whoever signed it."""
    row = SignOff.objects.filter(pk=sign_off).select_related("ask__rating", "record__withdrawal", "person").first()
    mine = row is not None and scope.person is not None and scope.person in {row.person_id, row.assessor_id}
    if row is None or not (mine or scope.holds(row.ask.organisation_id)):
        raise Http404
    return _signed(row), str(row.person)


def assessors_at(scope: Scope, organisation: UUID, skill: Skill, on: date, *, besides: UUID) -> list[Assessor]:
    """Who may sign for a skill at a place on a day, by name: in date at teaching it there, or named for it."""
    loaded = loaded_of(scope, organisation, on=on)
    able = _able(loaded, skill, on)
    named = {one.person: one for one in named_at(organisation, skill.key)}
    found = {}
    for seat in loaded.seats.values():
        if seat.person == besides:
            continue
        if seat.person in able:
            until = able[seat.person]
            words = f"in date at teaching it{f' until {day(until)}' if until else ''}"
        elif seat.person in named:
            words = f"named for it by {named[seat.person].by_name} on {day(named[seat.person].since)}"
        else:
            continue
        found[seat.person] = (seat.sort_name, Assessor(seat.person, seat.name, words))
    return [one for _, one in sorted(found.values(), key=lambda each: each[0])]


def entitled(scope: Scope, organisation: UUID, skill: Skill, on: date, assessor: UUID, person: UUID) -> Assessor | None:
    """Somebody as an assessor of a skill for another person on a day; None when nothing entitles them."""
    found = assessors_at(scope, organisation, skill, on, besides=person)
    return next((one for one in found if one.person == assessor), None)


def systems_for(organisation: UUID, skill: Skill, on: date) -> list[SeenIn]:
    """The systems a place uses on a day that a skill can be seen in, by name; those of the skill if it names any."""
    rows = SystemUsed.objects.filter(known(None), holding(on), organisation_id=organisation).select_related("system")
    if skill.systems:
        rows = rows.filter(system_id__in=skill.systems)
    return [SeenIn(row.system_id, row.system.name) for row in rows.order_by("system__name", "pk")]


def named_at(organisation: UUID, skill: str) -> list[Named]:
    """Who is named to sign for a skill at a place now, by name."""
    rows = NamedAssessor.objects.filter(known(None), organisation_id=organisation, skill=skill)
    ordered = rows.select_related("person").order_by("person__family_name", "person__given_name", "pk")
    return [
        Named(row.pk, row.person_id, str(row.person), row.reason, row.by_name, london_date(row.recorded_at))
        for row in ordered
    ]


def able_at(loaded: Loaded, skills: Sequence[Skill], level: Level, on: date) -> dict[str, dict[UUID, date | None]]:
    """Who is in date at each of these skills at a level, and until when: the judge says, as of a rule for everybody."""
    rules = {}
    for skill in skills:
        rule = Version(_EVER, None, Everyone(), read_criterion(criterion(skill, level)), None)
        asked = _as_known(loaded.organisation.pk, Expected(skill.key, level).id, skill, rule)
        rules[str(asked.id)] = asked
    found: dict[str, dict[UUID, date | None]] = {one.key: {} for one in skills}
    judged = loaded.asked_for(rules.values())
    for verdict in judged.verdicts(on).values():
        if verdict.status in {Status.VALID, Status.DUE_SOON}:
            found[rules[verdict.requirement].key][judged.seats[verdict.engagement].person] = verdict.until
    return found


def _able(loaded: Loaded, skill: Skill, on: date) -> dict[UUID, date | None]:
    """Who is in date at teaching a skill, and until when."""
    return able_at(loaded, [skill], Level.TEACH, on)[skill.key]


def _as_known(owner: UUID, key: RequirementId, skill: Skill, rule: Version) -> KnownRequirement:
    return KnownRequirement(
        id=key,
        owner=owner,
        key=skill.key,
        title=skill.title,
        short=skill.title,
        column=skill.key,
        area=skill.module,
        area_name="",
        area_position=0,
        position=0,
        minutes=None,
        minutes_verified=False,
        review_by=None,
        rule=Requirement(str(key), (rule,)),
    )


def _unanswered() -> QuerySet[SignOffAsk]:
    rows = SignOffAsk.objects.filter(sign_off=None, not_yet=None, taken_back=None)
    return rows.select_related("rating__person", "organisation").order_by("at", "pk")


def _why_back(row: AskTakenBack) -> str:
    name = row.ask.rating.person
    if row.is_changed:
        return f"{name} has said something else of this skill since they asked you, and can ask you again"
    return f"{name} has taken back what they asked of you"


def _rating(row: SkillRating) -> Rating:
    said = Said(row.now, Level(row.need), row.words)
    return Rating(RatingId(row.pk), row.skill, said, row.framework_version_id, row.at)


def _open(row: SignOffAsk) -> Open:
    return Open(
        id=AskId(row.pk),
        rating=_rating(row.rating),
        person=row.rating.person_id,
        person_name=str(row.rating.person),
        organisation=row.organisation_id,
        code=row.organisation.code,
        place=row.organisation.name,
        assessor=row.assessor_id,
        assessor_name=row.assessor_name,
        assessor_work=row.assessor_work,
        email=row.email,
        asked_on=london_date(row.at),
        expires_on=row.expires_on,
    )


def _signed(row: SignOff) -> Signed:
    return Signed(
        id=SignOffId(row.pk),
        rating=RatingId(row.ask.rating_id),
        rated_at=row.ask.rating.at,
        level=Level(row.level),
        assessor=row.assessor_name,
        entitled_by=row.entitled_by,
        method=Shown(row.method),
        statement=row.statement,
        content=row.content,
        sha256=row.sha256,
        signed_on=row.signed_on,
        expires_on=row.expires_on,
        system=row.system,
        withdrawn=hasattr(row.record, "withdrawal"),
    )
