"""Alder Surgery with a framework of skills, and short ways to let things be said and signed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.foundation.access import system_account
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.skills.actions import (
    adopt_framework,
    ask_colleague,
    invite_assessor,
    load_framework,
    name_assessor,
    rate,
    sign,
    sign_invited,
)
from preceptor.training.skills.domain import Level
from preceptor.training.skills.domain import Shown as How
from preceptor.training.skills.domain.reading import National
from preceptor.training.skills.domain.signing import AskId, Said, Signing, SignOffId
from preceptor.training.skills.jobs import framework_in
from preceptor.training.skills.queries import latest_national
from tests.cast import BUILDER, BUILT_AT, Cast, Member
from tests.rooms.workplace import Workplace

SINCE = date(2025, 2, 1)
LETTERS = "code-a-letter"  # logged 20 times
FILING = "correct-an-entry"  # seen once
SAID = "reason-to-look"  # said, and nobody was asked


@dataclass(frozen=True, slots=True)
class Skilled:
    """The workplace, and short ways to let skills be spoken of and signed for."""

    work: Workplace

    @property
    def cast(self) -> Cast:
        """The people."""
        return self.work.cast

    @property
    def now(self) -> datetime:
        """The moment the site thinks it is."""
        return self.work.now

    def says(self, member: Member, skill: str, now: Level = Level.CAN, at: datetime | None = None) -> None:
        """Somebody says how well they do something."""
        rate(
            by=member.viewer,
            at=at or self.now,
            organisation=self.cast.alder,
            skill=skill,
            said=Said(int(now), Level.CAN, "Most days"),
        )

    def names(self, member: Member, skill: str) -> None:
        """The manager lets somebody sign for a skill."""
        by = self.cast.ruth.viewer if member is not self.cast.ruth else BUILDER
        name_assessor(
            by=by, at=self.now, organisation=self.cast.alder, person=member.person, skill=skill, reason="Does it daily"
        )

    def asks(self, member: Member, skill: str, assessor: Member) -> AskId:
        """Somebody asks a colleague to sign for what they said last."""
        return ask_colleague(
            by=member.viewer, at=self.now, organisation=self.cast.alder, skill=skill, assessor=assessor.person
        )

    def invites(self, member: Member, skill: str, token: str, email: str = "rosa.marlow@elm.example") -> AskId:
        """Somebody asks Rosa Marlow, a nurse elsewhere, by a link."""
        return invited(member, self.cast.alder, skill, token, email, self.now)

    def signs(self, assessor: Member, ask: AskId, *, level: Level = Level.CAN, until: date | None = None) -> SignOffId:
        """An assessor signs for everything there was to see."""
        return sign(by=assessor.viewer, at=self.now, ask=ask, signing=signing(level, until))

    def signed(self, member: Member, skill: str, assessor: Member, *, level: Level = Level.CAN) -> SignOffId:
        """Somebody says it, asks, and is signed for, at once."""
        self.says(member, skill)
        return self.signs(assessor, self.asks(member, skill, assessor), level=level)


def signing(level: Level = Level.CAN, until: date | None = None) -> Signing:
    """A signature under the first point of what there is to see of correcting an entry."""
    seen = "Tells the patient where it could have affected them"
    return Signing(level, How.OBSERVED, (seen,), "Corrected two entries while I watched.", until)


def invited(member: Member, place: OrganisationId, skill: str, token: str, email: str, at: datetime) -> AskId:
    """Somebody asks Rosa Marlow, a nurse elsewhere, by a link to an address."""
    return invite_assessor(
        by=member.viewer,
        at=at,
        organisation=place,
        skill=skill,
        name="Rosa Marlow",
        work="Practice nurse at Elm Road",
        email=email,
        link_sha256=sha256(token.encode()).hexdigest(),
    )


@cache
def national() -> National:
    """The framework of the data folder, read once."""
    return framework_in(catalogue_in())


def follow(work: Workplace) -> Skilled:
    """Alder Surgery follows the national framework from February 2025."""
    load_framework(by=BUILDER, at=BUILT_AT, national=national())
    latest = latest_national()
    assert latest is not None
    adopt_framework(
        by=work.cast.ruth.viewer,
        at=BUILT_AT + timedelta(days=20),
        organisation=work.cast.alder,
        version=latest.id,
        starts_on=SINCE,
        decided_by="Partners’ meeting",
    )
    return Skilled(work)


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """What stands behind the doors about skills: an ask, a signature, somebody named, and a link's word."""

    ask: AskId
    sign_off: SignOffId
    named: int
    link: str


def spoken_of(work: Workplace, place: OrganisationId, about: Member, assessor: Member) -> SpokenOf:
    """Somebody asked a colleague to sign for one skill, was signed for another from outside, and invited for a third.

    A second version of the national framework may be followed.
    """
    at, link = work.now, "a-link-that-nobody-guesses"
    for skill in (FILING, "lock-screen", "right-patient", SAID):
        rate(by=about.viewer, at=at, organisation=place, skill=skill, said=Said(2, Level.CAN))
    named = name_assessor(
        by=BUILDER, at=at, organisation=place, person=assessor.person, skill=FILING, reason="Does it daily"
    )
    for skill, word in (("lock-screen", "used"), ("right-patient", link)):
        invited(about, place, skill, word, "rosa.marlow@elm.example", at)
    lock = next(one for one in national().framework.skills if one.key == "lock-screen")
    by = system_account("Rosa Marlow, Practice nurse")
    seen = replace(signing(), seen=lock.look_for[:1])
    return SpokenOf(
        ask_colleague(by=about.viewer, at=at, organisation=place, skill=FILING, assessor=assessor.person),
        sign_invited(by=by, at=at, token="used", signing=seen),
        named,
        link,
    )


def follow_at(place: OrganisationId, at: datetime) -> None:
    """A place follows the national framework since February 2025, and a second version of it is there."""
    first = national()
    load_framework(by=BUILDER, at=at, national=first)
    latest = latest_national()
    assert latest is not None
    adopt_framework(
        by=BUILDER, at=at, organisation=place, version=latest.id, starts_on=SINCE, decided_by="Partners’ meeting"
    )
    newer = replace(first.framework, note="Newer")
    load_framework(by=BUILDER, at=at, national=National(first.version + 1, newer))
