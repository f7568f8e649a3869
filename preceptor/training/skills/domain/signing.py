"""What is said of a skill, what an assessor signs, and the text whose digest is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NewType
from uuid import UUID

from preceptor.foundation.dates import london_date

from .framework import Framework, Level, Shown, Skill

RatingId = NewType("RatingId", UUID)
AskId = NewType("AskId", UUID)
SignOffId = NewType("SignOffId", UUID)

RENEWED_FROM: Final = timedelta(days=60)  # before a signature runs out, its word may be said anew
NOT_AT_ALL: Final = 0
NOW_WORDS: Final = {
    NOT_AT_ALL: "Not yet",
    int(Level.AWARE): "I know of it and whom to ask",
    int(Level.CAN): "I can do it without help",
    int(Level.TEACH): "I can teach it",
}


@dataclass(frozen=True, slots=True)
class Said:
    """How well somebody says they do a skill now, how well they need to, and anything they add."""

    now: int
    need: Level
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody said of a skill, and when."""

    id: RatingId
    skill: str
    said: Said
    version: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """A procedure somebody logged, under whose eyes, and whether it counts by now."""

    record: UUID
    on: date
    supervisor: str
    note: str
    counts: bool


@dataclass(frozen=True, slots=True)
class SeenIn:
    """The system a skill was seen in, by its code and name, and which version of it, where that was said."""

    code: str
    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Signing:
    """What an assessor puts their name to. `logged` are the records of the procedures they were shown."""

    level: Level
    method: Shown
    seen: tuple[str, ...]
    statement: str
    expires_on: date | None
    seen_in: SeenIn | None = None
    logged: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it stands: under what rating, by whom, entitled by what, until when."""

    id: SignOffId
    rating: RatingId
    rated_at: datetime
    level: Level
    assessor: str
    entitled_by: str
    method: Shown
    statement: str
    content: str
    sha256: str
    signed_on: date
    expires_on: date | None
    system: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A rating an assessor was asked to sign and has not answered."""

    id: AskId
    rating: Rating
    person: UUID
    person_name: str
    organisation: UUID
    code: str
    place: str
    assessor: UUID | None
    assessor_name: str
    assessor_work: str
    email: str
    asked_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An assessor's word that it is too early, and what to practise."""

    assessor: str
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """Everything about one person and one skill: what they said, whom they asked, what was answered and signed."""

    ratings: tuple[Rating, ...] = ()
    asked: tuple[Open, ...] = ()
    signed: tuple[Signed, ...] = ()
    answers: tuple[Answer, ...] = ()
    logged: tuple[Logged, ...] = ()

    @property
    def rating(self) -> Rating | None:
        """The last word."""
        return self.ratings[0] if self.ratings else None

    @property
    def signature(self) -> Signed | None:
        """The newest signature."""
        return self.signed[0] if self.signed else None

    @property
    def is_signed(self) -> bool:
        """Is the last word signed for? A later word does not carry an earlier signature."""
        return self.rating is not None and any(one.rating == self.rating.id for one in self.signed)

    @property
    def refused(self) -> str:
        """Why nobody can be asked to sign for the last word now; empty where somebody can."""
        if self.rating is None or self.rating.said.now < Level.AWARE:
            return "Say first how well you do it"
        if self.is_signed:
            return "What you said last is signed already. Say how well you do it now, then ask"
        if any(one.rating.id == self.rating.id for one in self.asked):
            return "You have asked already, and wait for an answer. To ask somebody else, take that back first"
        return ""

    def stands(self, said: Said, on: date) -> bool:
        """Is this the last word again, to the letter, while that still does all it can?

        Not while a question about it waits, so that somebody else can be asked; nor once its signature was withdrawn,
        is for less than was said, or has run out or does so within two months: then it is signed for anew.
        """
        last = self.rating
        if last is None or last.said != said or any(one.rating.id == last.id for one in self.asked):
            return False
        under = [one for one in self.signed if one.rating == last.id]
        return not under or any(_holds(one, said, on) for one in under)


def _holds(signed: Signed, said: Said, on: date) -> bool:
    lasts = signed.expires_on is None or signed.expires_on > on + RENEWED_FROM
    return lasts and not signed.withdrawn and signed.level >= said.now


def text_of(
    *,
    person: str,
    framework: Framework,
    version: UUID,
    skill: Skill,
    rating: Rating,
    signing: Signing,
    assessor: str,
    entitled_by: str,
    logged: Iterable[Logged],
    signed_on: date,
) -> str:
    """Exactly what was said and seen, as the plain text that is signed: the same facts make the same text."""
    names = {term.level: term.name for term in framework.levels}
    lines = [
        "Sign-off of a skill",
        f"Person: {person}",
        f"Skill: {skill.title} ({skill.key}), framework version {version}",
        f"Said on {london_date(rating.at)}: now {NOW_WORDS[rating.said.now]}; needed {names[rating.said.need]}",
        f"In their words: {' '.join(rating.said.words.split())}",
        f"Signed for: {names[signing.level]}",
        f"Shown by: {signing.method}",
        f"Seen in: {signing.seen_in or 'no system in particular'}",
        *(f"Seen: {point}" for point in skill.look_for if point in signing.seen),
        *(f"Not seen: {point}" for point in skill.look_for if point not in signing.seen),
        *(f"Logged: {one.on}, supervised by {one.supervisor} ({one.record})" for one in logged),
        f"Statement: {' '.join(signing.statement.split())}",
        f"Assessor: {assessor}",
        f"Entitled: {entitled_by}",
        f"Signed on: {signed_on}",
        f"Valid until: {signing.expires_on or 'no end date'}",
    ]
    return "\n".join(lines) + "\n"


def digest_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
