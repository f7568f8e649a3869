"""Alder Surgery with a champion, a question, an offer and help given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.champions.actions import add_champion, ask_champion, log_help, offer
from preceptor.training.champions.domain.helping import HelpId, Helping
from preceptor.training.champions.domain.questions import QuestionId
from preceptor.training.champions.domain.register import ChampionId, Covering, OfferId
from tests.cast import BUILDER, Member

SMARTCARDS = "topic:smartcards"
SAFE = "topic:staying-safe"
COVERING = Covering((SMARTCARDS, SAFE), 60, shares_name=True)
SINCE = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Championed:
    """What stands behind the doors about champions."""

    champion: ChampionId
    question: QuestionId
    offer: OfferId
    given: HelpId


def made_champion(
    place: OrganisationId, member: Member, at: datetime, covering: Covering = COVERING, starts_on: date = SINCE
) -> ChampionId:
    """Somebody is a champion of a place."""
    return add_champion(
        by=BUILDER, at=at, organisation=place, person=member.person, covering=covering, starts_on=starts_on
    )


def asked(
    place: OrganisationId,
    member: Member,
    at: datetime,
    words: str = "How do I unlock it?",
    *,
    shared: bool = False,
    topic: str = SMARTCARDS,
) -> QuestionId:
    """Somebody asks the champions of a topic."""
    return ask_champion(by=member.viewer, at=at, organisation=place, topic=topic, words=words, is_shared=shared)


def offered(place: OrganisationId, member: Member, at: datetime, covering: Covering = COVERING) -> OfferId:
    """Somebody offers to be a champion."""
    return offer(by=member.viewer, at=at, organisation=place, covering=covering, words="I would like to")


def helped(place: OrganisationId, member: Member, at: datetime, helping: Helping | None = None) -> HelpId:
    """A champion logs help."""
    given = helping or Helping(SMARTCARDS, 10, is_solved=True)
    return log_help(by=member.viewer, at=at, organisation=place, helping=given)


def championed(place: OrganisationId, at: datetime, champion: Member, asker: Member, other: Member) -> Championed:
    """A champion of a place with a question, help given, and somebody else’s offer."""
    held = made_champion(place, champion, at)
    return Championed(held, asked(place, asker, at), offered(place, other, at), helped(place, champion, at))
