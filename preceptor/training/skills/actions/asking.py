"""Saying how well one does a skill, and asking somebody to sign. Every step is a further row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.records.actions import say_record
from preceptor.compliance.records.domain import Achievement, RecordId, RecordKind
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import engagements_at, person_by_id
from preceptor.ui.words import day

from ..domain import Skill
from ..domain.framework import Level
from ..domain.published import FrameworkId
from ..domain.signing import AskId, Open, RatingId, Said
from ..models import AskTakenBack, NotYet, SignOff, SignOffAsk, SkillRating
from ..queries.frameworks import framework_of, version_gone_by
from ..queries.signing import entitled, has_said_aware, own_ask, own_skill

INVITED_FOR: Final = timedelta(days=28)  # how long a link for somebody outside can be used


@action("skill.rated", may=Can.RATE_SKILLS, private=("said",))
def rate(*, by: Viewer, at: datetime, organisation: OrganisationId, skill: str, said: Said) -> RatingId:
    """Keeps how well somebody says they do a skill. What was signed for an earlier word is not carried over.

    To know of a skill is one's own to say: where that is all that is needed, it counts at once. Refuses the last word
    again to the letter while that stands, so that nobody loses a signature by saying nothing new. What was asked about
    an earlier word is taken back by it: whoever was asked would sign for what is not said any more.
    """
    person = _own(by)
    version, known_skill = skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
    if said.now not in range(4):
        raise Refusal("Choose how well you do it now", field="now")
    said = replace(said, words=said.words.strip())
    lock(PersonId(person))
    _refuse_again(person, known_skill, said, london_date(at))
    _close(person, skill, at)
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
    _, known_skill = skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
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


@action("sign-off.taken-back", may=Can.RATE_SKILLS)
def take_back(*, by: Viewer, at: datetime, ask: AskId) -> None:
    """Takes back what one asked of somebody and they have not answered. A link stops working by it."""
    person = _own(by)
    lock(PersonId(person))
    asked = own_ask(person, ask)
    AskTakenBack.objects.create(ask=held_ask(asked), is_changed=False, at=at)
    concerning(OrganisationId(asked.organisation))


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
    _, known_skill = skill_at(by.scope(Can.SIGN_SKILLS), at, organisation, skill)
    lock(PersonId(person))
    own = own_skill(Scope(person=person), person, skill)
    if own.rating is None or own.refused:
        raise Refusal(own.refused)
    return own.rating.id, known_skill


def _close(person: UUID, skill: str, at: datetime) -> None:
    """What somebody asked about a word on a skill that is not their last any more waits for nobody."""
    for one in own_skill(Scope(person=person), person, skill).asked:
        AskTakenBack.objects.create(ask=held_ask(one), is_changed=True, at=at)


def held_ask(asked: Open) -> SignOffAsk:
    """What was asked, held until the action is over. Refuses what was answered or taken back meanwhile."""
    row = SignOffAsk.objects.select_for_update().get(pk=asked.id)
    if SignOff.objects.filter(ask=row).exists() or NotYet.objects.filter(ask=row).exists():
        raise Refusal("This was answered already")
    if AskTakenBack.objects.filter(ask=row).exists():
        raise Refusal(f"{asked.person_name} has taken this back, or has said something else since. Nothing is signed")
    return row


def skill_at(scope: Scope, at: datetime, organisation: OrganisationId, skill: str) -> tuple[FrameworkId, Skill]:
    """A skill as the place goes by it today. At a place outside the scope there is none."""
    today = london_date(at)
    place = organisation_by_id(scope, organisation)
    version = version_gone_by(scope, place.pk, today)
    found = framework_of(version.id).skill(skill) if version else None
    if version is None or found is None:
        raise Refusal("There is no such skill here today")
    return version.id, found
