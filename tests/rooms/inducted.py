"""Programmes of induction at a place, somebody who goes through one, and short ways to let things happen in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import EngagementId
from preceptor.training.inductions.actions import (
    accept,
    load_inductions,
    make_link,
    set_aside,
    start_induction,
    stop_induction,
    take_programme,
    tick_off,
    write_text,
)
from preceptor.training.inductions.domain import CONTACTS, DIFFERENT, Course, ItemKind, Plan, Text
from preceptor.training.inductions.domain.course import InductionId
from preceptor.training.inductions.domain.reading import National
from preceptor.training.inductions.jobs import inductions_in
from preceptor.training.inductions.queries import course_of, programme_at
from tests.cast import BUILDER, BUILT_AT, Cast, Member
from tests.rooms.workplace import Workplace

LINK: Final = "a-word-that-nobody-guesses"
# What the doors are about, where it is not the programme for receptionists.
KEYS: Final = {
    "inductions:text": "confidentiality",
    "inductions:write": "different",
    "inductions:item": "room",
    "inductions:read": "confidentiality",
    "inductions:done": "policies",
    "inductions:help": "room",
    "inductions:pack-read": "different",
}


@cache
def national() -> National:
    """The programmes and texts of the data folder, read once."""
    return inductions_in(catalogue_in())


@dataclass(frozen=True, slots=True)
class Inducted:
    """The workplace with the national programmes, one of them taken, and short ways to run an induction there."""

    work: Workplace

    @property
    def cast(self) -> Cast:
        """The people."""
        return self.work.cast

    @property
    def now(self) -> datetime:
        """The moment the site thinks it is."""
        return self.work.now

    @property
    def today(self) -> date:
        """The day it thinks it is."""
        return london_date(self.now)

    def begins(
        self,
        member: Member,
        *,
        programme: str = "receptionist",
        days_ago: int = 2,
        why: str = "starts",
        plan: Plan | None = None,
    ) -> InductionId:
        """Somebody's induction begins."""
        return start_induction(
            by=self.cast.ruth.viewer,
            at=self.now,
            organisation=self.cast.alder,
            engagement=member.engagement,
            programme=programme_at(self._scope, self.cast.alder, programme).id,
            first_on=self.today - timedelta(days=days_ago),
            why=why,
            plan=plan or Plan(buddy=self.cast.aisha.person, it=self.cast.helen.person),
        )

    def course(self, induction: InductionId, on: date | None = None) -> Course:
        """An induction as it stands."""
        return course_of(self._scope, self.cast.alder, induction, on or self.today)

    def ticks(self, induction: InductionId, item: str) -> None:
        """The manager ticks something off."""
        tick_off(
            by=self.cast.ruth.viewer,
            at=self.now,
            organisation=self.cast.alder,
            induction=induction,
            item=item,
            on=self.today,
            shown_by="Karen Doyle",
        )

    def reads(self, member: Member, induction: InductionId, item: str) -> None:
        """Somebody accepts a text as it is now."""
        entry = self.course(induction).entry(item)
        assert entry is not None
        assert entry.text is not None
        accept(by=member.viewer, at=self.now, induction=induction, item=item, text=entry.text.id)

    def finishes(self, member: Member, induction: InductionId) -> None:
        """Everything but the signature is done, as far as anybody can do it by hand."""
        for entry in self.course(induction).left:
            if entry.item.kind is ItemKind.READ:
                self.reads(member, induction, entry.item.key)
            elif entry.item.kind in {ItemKind.SHOWN, ItemKind.SKILLS}:
                self.ticks(induction, entry.item.key)

    @property
    def _scope(self) -> Scope:
        return Scope(frozenset({self.cast.alder}))


def take(work: Workplace) -> Inducted:
    """Alder Surgery takes the programme for receptionists and writes what it does differently."""
    load_inductions(by=BUILDER, at=BUILT_AT, national=national())
    take_programme(by=work.cast.ruth.viewer, at=BUILT_AT, organisation=work.cast.alder, key="receptionist")
    write_different(work.cast.alder, BUILT_AT)
    return Inducted(work)


def write_different(place: OrganisationId, at: datetime, seen: int = 0, line: str = "Redact before you file.") -> None:
    """A place writes what it does differently, or the next version of that."""
    text = Text(DIFFERENT, "Three things we do differently here", 3, (line,))
    write_text(by=BUILDER, at=at, organisation=place, text=text, seen=seen, reason="What locums ask most")


def begun_at(place: OrganisationId, engagement: EngagementId, at: datetime, buddy: UUID | None) -> InductionId:
    """Somebody is in induction at a place, with a link to it."""
    load_inductions(by=BUILDER, at=at, national=national())
    take_programme(by=BUILDER, at=at, organisation=place, key="receptionist")
    write_different(place, at)
    contacts = Text(CONTACTS, "If you need someone now", 1, ("Duty doctor: Dr Helen Marsh, 020 7946 0123",))
    write_text(by=BUILDER, at=at, organisation=place, text=contacts, seen=0, reason="So that nobody has to search")
    begun = _begins(place, engagement, "receptionist", at, Plan(buddy=buddy))
    digest = sha256(LINK.encode()).hexdigest()
    make_link(by=BUILDER, at=at, organisation=place, induction=begun, link_sha256=digest)
    return begun


def ready_at(place: OrganisationId, engagement: EngagementId, before: InductionId, at: datetime) -> InductionId:
    """In the place of one induction, a short one in which only the signature is missing, if training is in date."""
    stop_induction(by=BUILDER, at=at, organisation=place, induction=before, reason="Another programme fits better")
    begun = _begins(place, engagement, "medical-student", at, Plan())
    for entry in course_of(Scope(frozenset({place})), place, begun, london_date(at)).left:
        given: dict[str, Any] = {"by": BUILDER, "at": at, "organisation": place, "induction": begun}
        item = entry.item.key
        if entry.item.stays and entry.item.kind is ItemKind.SHOWN:
            tick_off(**given, item=item, on=london_date(at), shown_by="Karen Doyle")
        elif entry.item.kind in {ItemKind.SHOWN, ItemKind.SKILLS, ItemKind.READ}:
            set_aside(**given, item=item, reason="Done at the network")
    return begun


def _begins(place: OrganisationId, engagement: EngagementId, programme: str, at: datetime, plan: Plan) -> InductionId:
    return start_induction(
        by=BUILDER,
        at=at,
        organisation=place,
        engagement=engagement,
        programme=programme_at(Scope(frozenset({place})), place, programme).id,
        first_on=london_date(at) - timedelta(days=1),
        why="starts",
        plan=plan,
    )
