"""Signing what somebody said of themselves, or answering that it is too early. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from preceptor.compliance.records.actions import sign_record
from preceptor.compliance.records.domain import Achievement, RecordId, RecordKind
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import add_months, london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId
from preceptor.ui.words import full_day

from ..domain import Skill
from ..domain.framework import Level, Shown
from ..domain.published import FrameworkId
from ..domain.signing import AskId, Logged, Open, Signing, SignOffId, digest_of, text_of
from ..models import NotYet, SignOff
from ..queries.frameworks import framework_of
from ..queries.signing import ask_by_token, ask_for, entitled, logged_by, systems_for
from .asking import held_ask


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
    """Signs as somebody outside who was invited by a link. The link is used up by it.

    The text says where the link went, as the name is only what the person said: a manager can see whose address it is.
    """
    asked = ask_by_token(token, london_date(at))
    words = f"invited by {asked.person_name} on {asked.asked_on} by a link to {asked.email}; {asked.assessor_work}"
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
    held_ask(asked)
    NotYet.objects.create(ask_id=asked.id, words=words.strip(), at=at, by_name=asked.assessor_name)


def _sign(by: Viewer, at: datetime, asked: Open, skill: Skill, signing: Signing, entitled_by: str) -> SignOffId:
    today = london_date(at)
    _refuse_unsaid(skill, signing, today)
    _refuse_elsewhere(asked.organisation, skill, signing, today)
    signing = replace(signing, expires_on=_last_day(skill, signing, today))
    lock(PersonId(asked.person))
    row_ask = held_ask(asked)
    logged = _logged(asked, skill, signing)
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
    record = sign_record(
        by=by,
        at=at,
        person=PersonId(asked.person),
        organisation=OrganisationId(asked.organisation),
        achievement=_achieved(asked, skill, signing, today),
        logged=[RecordId(one.record) for one in logged if not one.counts],
    )
    concerning(OrganisationId(asked.organisation))
    signed = SignOff(
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
    _keep(signed, asked)
    return SignOffId(signed.pk)


def _keep(signed: SignOff, asked: Open) -> None:
    """Keeps a signature; the database refuses one in a circle."""
    try:
        with transaction.atomic():
            signed.save(force_insert=True)
    except IntegrityError as refused:
        if "circle" not in str(refused):
            raise
        raise Refusal(
            f"Your own signature for this skill rests on {asked.person_name}, so you cannot sign for theirs. "
            "Somebody else has to: they can invite one from outside"
        ) from refused


def _logged(asked: Open, skill: Skill, signing: Signing) -> Sequence[Logged]:
    """What was logged of a skill: as much as it takes, and nothing but what the assessor saw on the page."""
    found = logged_by(asked.person, skill.key) if skill.times else ()
    if len(found) < skill.times and signing.level >= Level.CAN:
        raise Refusal(f"Only {len(found)} of {skill.times} are logged, so it is too early to sign")
    if {one.record for one in found} != set(signing.logged):
        raise Refusal("Something was logged or taken back while you looked. Look at the list again, then sign")
    return found


def _achieved(asked: Open, skill: Skill, signing: Signing, today: date) -> Achievement:
    """What a signature puts in the record."""
    return Achievement(
        skill.subject,
        today,
        int(signing.level),
        RecordKind.SIGN_OFF,
        expires_on=signing.expires_on,
        title=skill.title,
        provider=asked.assessor_name,
        note=signing.statement.strip(),
    )


def _last_day(skill: Skill, signing: Signing, today: date) -> date | None:
    """The last valid day: the one chosen, or the last one the skill lets a signature hold."""
    return signing.expires_on or _longest(skill, signing, today)


def _longest(skill: Skill, signing: Signing, today: date) -> date | None:
    """The last day the skill lets a signature hold; None where it holds for ever."""
    if not skill.lasts_months or signing.level is Level.AWARE:
        return None
    return add_months(today, skill.lasts_months)


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
    last = _longest(skill, signing, today)
    if signing.expires_on and last and signing.expires_on > last:
        raise Refusal(f"A signature for this skill holds until {full_day(last)} at the latest", field="expires_on")


def _refuse_elsewhere(organisation: UUID, skill: Skill, signing: Signing, today: date) -> None:
    """A skill of certain systems is signed for in one that the place uses; any other may be seen in one or in none."""
    used = {one.code for one in systems_for(organisation, skill, today)}
    if signing.seen_in is None and skill.systems and used and signing.level > Level.AWARE:
        raise Refusal("Choose in which system you saw it", field="system")
    if signing.seen_in is not None and signing.seen_in.code not in used:
        raise Refusal("Choose a system that is used here", field="system")


def _described(asked: Open) -> Skill:
    """The skill as it was described when the person spoke of it."""
    found = framework_of(FrameworkId(asked.rating.version)).skill(asked.rating.skill)
    if found is None:
        raise Refusal("There is no such skill")
    return found
