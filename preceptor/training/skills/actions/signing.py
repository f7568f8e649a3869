"""Saying how well one does a skill, asking an assessor, and signing. Every step is a further row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from preceptor.compliance.records.actions import say_record, sign_record
from preceptor.compliance.records.domain import Achievement, RecordId, RecordKind
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import add_months, london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import engagements_at, person_by_id, works_within
from preceptor.ui.words import day

from ..domain import Skill
from ..domain.framework import Level, Shown
from ..domain.published import FrameworkId
from ..domain.signing import AskId, Open, RatingId, Said, Signing, SignOffId, digest_of, text_of
from ..models import NamedAssessor, NotYet, SignOff, SignOffAsk, SkillRating
from ..queries.frameworks import framework_of, version_gone_by
from ..queries.signing import ask_by_token, ask_for, entitled, has_said_aware, logged_by, own_skill, systems_for

INVITED_FOR: Final = timedelta(days=28)  # how long a link for somebody outside can be used


@action("skill.rated", may=Can.RATE_SKILLS, private=("said",))
def rate(*, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, said: Said) -> RatingId:
    """Keeps how well somebody says they do a skill. What was signed for an earlier word is not carried over.

    To know of a skill is one's own to say: where that is all that is needed, it counts at once. Refuses the last word
    again to the letter while that stands, so that nobody loses a signature by saying nothing new.
    """
    person = _own(by)
    version, known_skill = _skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
    if said.now not in range(4):
        raise Refusal("Choose how well you do it now", field="now")
    said = replace(said, words=said.words.strip())
    lock(PersonId(person))
    _refuse_again(person, known_skill, said, london_date(at))
    row = SkillRating.objects.create(
        person_id=person,
        organisation_id=organisation,
        skill=skill,
        framework_version_id=version,
        now=said.now,
        need=int(said.need),
        words=said.words,
        at=at,
    )
    concerning(organisation)
    if said.now >= Level.AWARE:
        own = Achievement(known_skill.subject, london_date(at), 1, RecordKind.REFLECTION, title=known_skill.title)
        say_record(by=by, at=at, organisation=organisation, achievement=own)
    return RatingId(row.pk)


@action("skill.logged", may=Can.RATE_SKILLS)
def log_procedure(
    *, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, on: date, supervisor: str, note: str = ""
) -> RecordId:
    """Logs one procedure with who supervised it. It counts once an assessor signs, or a manager accepts it."""
    _own(by)
    _, known_skill = _skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
    if not known_skill.times:
        raise Refusal("This skill is not logged")
    if not supervisor.strip():
        raise Refusal("Say who supervised it", field="supervisor")
    logged = Achievement(
        known_skill.subject,
        on,
        kind=RecordKind.LOG,
        title=known_skill.title,
        provider=supervisor.strip(),
        note=note.strip(),
    )
    return say_record(by=by, at=at, organisation=organisation, achievement=logged)


@action("sign-off.asked", may=Can.RATE_SKILLS)
def ask_colleague(*, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, assessor: PersonId) -> AskId:
    """Asks a colleague to sign for one's last word. Refuses who may not sign for it today, and asking twice."""
    rating, known_skill = _to_sign(by, at, organisation, skill)
    scope = Scope(frozenset({organisation}))
    one = entitled(scope, organisation, known_skill, london_date(at), assessor, _own(by))
    if one is None:
        raise Refusal("Choose somebody from the list", field="assessor")
    row = SignOffAsk.objects.create(
        rating_id=rating, organisation_id=organisation, assessor_id=assessor, assessor_name=one.name, at=at
    )
    concerning(organisation)
    return AskId(row.pk)


@action("assessor.invited", may=Can.RATE_SKILLS)
def invite_assessor(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    skill: str,
    name: str,
    work: str,
    email: str,
    link_sha256: str,
) -> AskId:
    """Asks somebody outside, by a link that works once and for four weeks, to sign for one's last word.

    For the place with nobody else who could: whoever works there signs as a colleague. The token itself goes into
    the letter and is kept nowhere.
    """
    rating, _ = _to_sign(by, at, organisation, skill)
    for value, field, refusal in (
        (name, "name", "Enter their name"),
        (work, "work", "Say what they do and where"),
        (email, "email", "Enter their email address"),
    ):
        if not value.strip():
            raise Refusal(refusal, field=field)
    own = person_by_id(Scope(person=_own(by)), PersonId(_own(by)))
    if own.email and own.email.casefold() == email.strip().casefold():
        raise Refusal("Nobody signs for themselves. Enter the address of somebody else", field="email")
    if _is_colleague(organisation, email.strip(), london_date(at)):
        raise Refusal(
            "They work here. Ask them as a colleague; the manager can name them for this skill", field="email"
        )
    row = SignOffAsk.objects.create(
        rating_id=rating,
        organisation_id=organisation,
        assessor_name=name.strip(),
        assessor_work=work.strip(),
        email=email.strip(),
        link_sha256=link_sha256,
        expires_on=london_date(at) + INVITED_FOR,
        at=at,
    )
    concerning(organisation)
    return AskId(row.pk)


@action("sign-off.signed", may=Can.SIGN_SKILLS)
def sign(*, by: Viewer, at: datetime, ask: AskId, signing: Signing) -> SignOffId:
    """Signs for exactly what was said and seen, and writes the sign-off to the ledger.

    Refuses who is no longer entitled, oneself, a circle, and procedures that are not those the assessor was shown.
    """
    if by.person is None:
        raise Refusal("Only a person can sign")
    asked = ask_for(by.scope(Can.SIGN_SKILLS), by.person, ask)
    skill = _described(asked)
    scope = Scope(frozenset({asked.organisation}))
    one = entitled(scope, asked.organisation, skill, london_date(at), by.person, asked.person)
    if one is None:
        raise Refusal(
            "You may not sign for this skill today: you are not in date at teaching it, and nobody named you for it"
        )
    return _sign(by, at, asked, skill, signing, one.entitled_by)


@action("sign-off.signed-outside", may=Can.SIGN_SKILLS, private=("token",))
def sign_invited(*, by: Viewer, at: datetime, token: str, signing: Signing) -> SignOffId:
    """Signs as somebody outside who was invited by a link. The link is used up by it."""
    asked = ask_by_token(token, london_date(at))
    words = f"invited by {asked.person_name} on {asked.asked_on}; {asked.assessor_work}"
    return _sign(by, at, asked, _described(asked), signing, words)


@action("sign-off.answered", may=Can.SIGN_SKILLS, private=("token",))
def not_yet(*, by: Viewer, at: datetime, ask: AskId, words: str, token: str = "") -> None:
    """Says that it is too early to sign, and what to practise. The person reads it."""
    if token:
        asked = ask_by_token(token, london_date(at))
    elif by.person is not None:
        asked = ask_for(by.scope(Can.SIGN_SKILLS), by.person, ask)
    else:
        raise Refusal("Only a person can answer")
    if not words.strip():
        raise Refusal("Say what to practise. They will read this", field="statement")
    concerning(asked.organisation)
    _held(asked)
    NotYet.objects.create(ask_id=asked.id, words=words.strip(), at=at, by_name=asked.assessor_name)


@action("assessor.named", may=Can.NAME_ASSESSORS)
def name_assessor(
    *, by: Viewer, at: datetime, organisation: OrganisationId, person: PersonId, skill: str, reason: str
) -> int:
    """Lets somebody who works at a place sign for a skill there, because its manager says so.

    Refuses somebody who does not work there, and naming oneself.
    """
    scope = by.scope(Can.NAME_ASSESSORS)
    place = organisation_by_id(scope, organisation)
    holder = person_by_id(Scope(frozenset({place.pk})), person)
    _skill_at(scope, at, OrganisationId(place.pk), skill)
    if by.person == holder.pk:
        raise Refusal("Nobody names themselves. Ask another manager, or invite somebody from outside", field="person")
    if not works_within(Scope(frozenset({place.pk})), person, london_date(at)):
        raise Refusal("Choose somebody who works here today", field="person")
    if not reason.strip():
        raise Refusal("Say what makes them able to sign for it", field="reason")
    lock(PersonId(holder.pk))
    if NamedAssessor.objects.filter(known(None), organisation=place, person=holder, skill=skill).exists():
        raise Refusal("They are named for this skill already", field="person")
    row = NamedAssessor.objects.create(
        organisation=place,
        person=holder,
        skill=skill,
        reason=reason.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    return row.pk


@action("assessor.ended", may=Can.NAME_ASSESSORS)
def end_assessor(*, by: Viewer, at: datetime, organisation: OrganisationId, named: int) -> None:
    """Stops somebody being named for a skill. What they signed before stands."""
    place = organisation_by_id(by.scope(Can.NAME_ASSESSORS), organisation)
    row = get_object_or_404(NamedAssessor.objects.filter(known(None), organisation=place), pk=named)
    supersede(NamedAssessor.objects.filter(pk=row.pk), at)


def _sign(by: Viewer, at: datetime, asked: Open, skill: Skill, signing: Signing, entitled_by: str) -> SignOffId:
    today = london_date(at)
    _refuse_unsaid(skill, signing, today)
    _refuse_elsewhere(asked.organisation, skill, signing, today)
    signing = replace(signing, expires_on=_last_day(skill, signing, today))
    lock(PersonId(asked.person))
    row_ask = _held(asked)
    logged = logged_by(asked.person, skill.key) if skill.times else ()
    if len(logged) < skill.times and signing.level >= Level.CAN:
        raise Refusal(f"Only {len(logged)} of {skill.times} are logged, so it is too early to sign")
    if {one.record for one in logged} != set(signing.logged):
        raise Refusal("Something was logged or taken back while you looked. Look at the list again, then sign")
    text = text_of(
        person=f"{asked.person_name} ({asked.person})",
        framework=framework_of(FrameworkId(asked.rating.version)),
        version=asked.rating.version,
        skill=skill,
        rating=asked.rating,
        signing=signing,
        assessor=asked.assessor_name,
        entitled_by=entitled_by,
        logged=logged,
        signed_on=today,
    )
    organisation = OrganisationId(asked.organisation)
    record = sign_record(
        by=by,
        at=at,
        person=PersonId(asked.person),
        organisation=organisation,
        achievement=Achievement(
            skill.subject,
            today,
            int(signing.level),
            RecordKind.SIGN_OFF,
            expires_on=signing.expires_on,
            title=skill.title,
            provider=asked.assessor_name,
            note=signing.statement.strip(),
        ),
        logged=[RecordId(one.record) for one in logged if not one.counts],
    )
    concerning(organisation)
    try:
        with transaction.atomic():
            row = SignOff.objects.create(
                ask=row_ask,
                person_id=asked.person,
                skill=skill.key,
                level=int(signing.level),
                assessor_id=asked.assessor,
                assessor_name=asked.assessor_name,
                entitled_by=entitled_by,
                method=signing.method.value,
                system=signing.seen_in.code if signing.seen_in else "",
                system_version=signing.seen_in.version if signing.seen_in else "",
                statement=signing.statement.strip(),
                content=text,
                sha256=digest_of(text),
                signed_on=today,
                expires_on=signing.expires_on,
                record_id=record,
                at=at,
            )
    except IntegrityError as refused:
        if "circle" not in str(refused):
            raise
        raise Refusal(
            f"Your own signature for this skill rests on {asked.person_name}, so you cannot sign for theirs. "
            "Somebody else has to: they can invite one from outside"
        ) from refused
    return SignOffId(row.pk)


def _held(asked: Open) -> SignOffAsk:
    """What was asked, held until the action is over: it is answered once."""
    row = SignOffAsk.objects.select_for_update().get(pk=asked.id)
    if SignOff.objects.filter(ask=row).exists() or NotYet.objects.filter(ask=row).exists():
        raise Refusal("This was answered already")
    return row


def _last_day(skill: Skill, signing: Signing, today: date) -> date | None:
    """The last valid day: the one chosen, but no later than the skill lets a signature hold."""
    if not skill.lasts_months or signing.level is Level.AWARE:
        return signing.expires_on
    last = add_months(today, skill.lasts_months)
    return min(signing.expires_on or last, last)


def _refuse_unsaid(skill: Skill, signing: Signing, today: date) -> None:
    if signing.method not in skill.shown or signing.method is Shown.LOGGED:
        raise Refusal("Choose how it was shown", field="method")
    if not set(signing.seen) <= set(skill.look_for):
        raise Refusal("Choose what you saw from the list", field="seen")
    if signing.level > Level.AWARE and not signing.seen:
        raise Refusal("Choose what you saw. If you saw none of it, answer “not yet”", field="seen")
    if not signing.statement.strip():
        raise Refusal("Say what you saw, in your own words", field="statement")
    if signing.expires_on and signing.expires_on <= today:
        raise Refusal("The last valid day must be after today", field="expires_on")


def _refuse_elsewhere(organisation: UUID, skill: Skill, signing: Signing, today: date) -> None:
    """A skill of certain systems is signed for in one that the place uses; any other may be seen in one or in none."""
    used = {one.code for one in systems_for(organisation, skill, today)}
    if signing.seen_in is None and skill.systems and used and signing.level > Level.AWARE:
        raise Refusal("Choose in which system you saw it", field="system")
    if signing.seen_in is not None and signing.seen_in.code not in used:
        raise Refusal("Choose a system that is used here", field="system")


def _is_colleague(organisation: OrganisationId, email: str, today: date) -> bool:
    """Is this the address of somebody who works at the place?"""
    here = engagements_at(Scope(frozenset({organisation})), organisation, today)
    return email.casefold() in {(one.engagement.person.email or "").casefold() for one in here}


def _own(by: Viewer) -> UUID:
    if by.person is None:
        raise Refusal("Only a person can say this")
    return by.person


def _refuse_again(person: UUID, skill: Skill, said: Said, today: date) -> None:
    """Refuses the last word again, of a skill that is described as it was, while it stands and counts."""
    own = own_skill(Scope(person=person), person, skill.key)
    if own.rating is None or not own.stands(said, today):
        return
    described = framework_of(FrameworkId(own.rating.version)).skill(skill.key)
    if described == skill and (said.now < Level.AWARE or has_said_aware(person, skill)):
        when = day(london_date(own.rating.at))
        raise Refusal(f"You have said exactly this already, on {when}. It stands: nothing is lost", field="now")


def _to_sign(by: Viewer, at: datetime, organisation: OrganisationId, skill: str) -> tuple[RatingId, Skill]:
    """One's last word on a skill, if it can be signed for: said, and neither asked about nor signed yet."""
    person = _own(by)
    _, known_skill = _skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
    lock(PersonId(person))
    own = own_skill(Scope(person=person), person, skill)
    if own.rating is None or own.rating.said.now < Level.AWARE:
        raise Refusal("Say first how well you do it")
    if own.is_signed:
        raise Refusal("What you said last is signed already. Say how well you do it now, then ask")
    if any(one.rating.id == own.rating.id for one in own.asked):
        raise Refusal("You have asked already, and wait for an answer")
    return own.rating.id, known_skill


def _skill_at(scope: Scope, at: datetime, organisation: OrganisationId, skill: str) -> tuple[FrameworkId, Skill]:
    """A skill as the place goes by it today. At a place outside the scope there is none."""
    today = london_date(at)
    place = organisation_by_id(scope, organisation)
    version = version_gone_by(scope, place.pk, today)
    found = framework_of(version.id).skill(skill) if version else None
    if version is None or found is None:
        raise Refusal("There is no such skill here today")
    return version.id, found


def _described(asked: Open) -> Skill:
    """The skill as it was described when the person spoke of it."""
    found = framework_of(FrameworkId(asked.rating.version)).skill(asked.rating.skill)
    if found is None:
        raise Refusal("There is no such skill")
    return found
