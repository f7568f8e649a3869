"""Calling for champions, offering, agreeing, changing what is agreed, and the steps a champion takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from preceptor.compliance.records.actions import say_record
from preceptor.compliance.records.domain import Achievement, RecordId, RecordKind
from preceptor.compliance.subjects.actions import add_skills
from preceptor.compliance.subjects.domain import Level
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import is_known, works_within

from ..domain.register import MOST_MINUTES, CallId, Champion, ChampionId, Covering, OfferId
from ..models import Champion as ChampionRow
from ..models import ChampionCall, ChampionOffer, ChampionTerm, OfferAnswer, StepConfirmed
from ..queries.content import content
from ..queries.register import champion_at, champion_by_id, offer_by_id, offers_of, own_champions, topics_at, words_of


@action("champions.called", may=Can.EDIT_CHAMPIONS)
def call_for_champions(
    *, by: Viewer, at: datetime, organisation: OrganisationId, words: str, topics: tuple[str, ...], closes_on: date
) -> CallId:
    """Tells everybody at a place, until a day, that champions are looked for. Nobody is written to."""
    place = organisation_by_id(by.scope(Can.EDIT_CHAMPIONS), organisation)
    _refuse_unknown(topics_at(Scope(frozenset({place.pk})), place.pk, london_date(at)), topics, needed=False)
    if not words.strip():
        raise Refusal("Say what you are looking for", field="words")
    if closes_on < london_date(at):
        raise Refusal("The last day must be today or later", field="closes_on")
    row = ChampionCall.objects.create(
        organisation=place, words=words.strip(), topics=list(topics), closes_on=closes_on, at=at, by_name=by.name
    )
    return CallId(row.pk)


@action("champion.offered", may=Can.ASK_CHAMPION)
def offer(*, by: Viewer, at: datetime, organisation: OrganisationId, covering: Covering, words: str = "") -> OfferId:
    """Offers to be a champion where one works. Refuses who is one there, and a second offer while one waits."""
    person, scope = _own(by), by.scope(Can.ASK_CHAMPION)
    place = _locked(scope, organisation)
    today = london_date(at)
    _refuse_covering(scope, place.pk, covering, today)
    if champion_at(scope, place.pk, person, today) is not None:
        raise Refusal("You are a champion here already")
    if any(one.organisation == place.pk and one.is_yes is None for one in offers_of(scope, person)):
        raise Refusal("You have offered already, and wait for an answer")
    row = ChampionOffer.objects.create(
        organisation=place,
        person_id=person,
        topics=list(covering.topics),
        minutes_a_week=covering.minutes_a_week,
        shares_name=covering.shares_name,
        words=words.strip(),
        at=at,
    )
    return OfferId(row.pk)


@action("champion.agreed", may=Can.EDIT_CHAMPIONS)
def accept_offer(
    *, by: Viewer, at: datetime, organisation: OrganisationId, offer: OfferId, covering: Covering, starts_on: date
) -> ChampionId:
    """Says yes to an offer: from a day on they are a champion, as it was agreed. Whether their name is shared stays."""
    scope = by.scope(Can.EDIT_CHAMPIONS)
    place = _locked(scope, organisation)
    waiting = offer_by_id(scope, place.pk, offer)
    if waiting.is_yes is not None:
        raise Refusal("This was answered already")
    if covering.shares_name and not waiting.covering.shares_name:
        raise Refusal("They did not agree that other practices see their name", field="shares_name")
    champion = _begin(by, at, place, PersonId(waiting.person), covering, starts_on)
    OfferAnswer.objects.create(offer_id=waiting.id, champion_id=champion, at=at, by_name=by.name)
    return champion


@action("champion.declined", may=Can.EDIT_CHAMPIONS)
def decline_offer(*, by: Viewer, at: datetime, organisation: OrganisationId, offer: OfferId, words: str) -> None:
    """Says no to an offer, and why. The person reads it."""
    scope = by.scope(Can.EDIT_CHAMPIONS)
    place = _locked(scope, organisation)
    waiting = offer_by_id(scope, place.pk, offer)
    if waiting.is_yes is not None:
        raise Refusal("This was answered already")
    if not words.strip():
        raise Refusal("Say why. They will read this", field="words")
    OfferAnswer.objects.create(offer_id=waiting.id, words=words.strip(), at=at, by_name=by.name)


@action("champion.added", may=Can.EDIT_CHAMPIONS)
def add_champion(
    *, by: Viewer, at: datetime, organisation: OrganisationId, person: PersonId, covering: Covering, starts_on: date
) -> ChampionId:
    """Enters somebody who agreed to be a champion, from a day on. Refuses who does not work there."""
    place = _locked(by.scope(Can.EDIT_CHAMPIONS), organisation)
    return _begin(by, at, place, person, covering, starts_on)


@action("champion.changed", may=Can.EDIT_CHAMPIONS)
def change_champion(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    champion: ChampionId,
    covering: Covering,
    ends_on: date | None,
) -> None:
    """Agrees on something else from today on, and when it ends. What was agreed for the days before stays."""
    scope = by.scope(Can.EDIT_CHAMPIONS)
    place = _locked(scope, organisation)
    today = london_date(at)
    held = champion_by_id(scope, place.pk, champion, today)
    last = held.terms[-1]
    begins = max(last.starts_on, today)
    _refuse_covering(scope, place.pk, covering, today, kept=last.covering.topics)
    if covering.shares_name and not last.covering.shares_name:
        raise Refusal("Ask them: only they can agree that other practices see their name", field="shares_name")
    if ends_on is not None and ends_on <= begins:
        raise Refusal("The last day must be today or later", field="last_on")
    rows = ChampionTerm.objects.filter(known(None), champion_id=held.id)
    supersede(rows.filter(starts_on=last.starts_on), at)
    if last.starts_on < begins:
        _write(by, at, held.id, last.covering, last.starts_on, begins)
    _write(by, at, held.id, covering, begins, ends_on)


@action("champion-step.said", may=Can.ASK_CHAMPION)
def say_step(*, by: Viewer, at: datetime, organisation: OrganisationId, step: str) -> RecordId:
    """Says that a step of being a champion is done: one's own word, as a record like any other."""
    person = _own(by)
    held = _own_at(by, person, organisation, london_date(at))
    found = content().step(step)
    if found is None:
        raise Refusal("Choose a step from the list")
    done = Achievement(found.subject, london_date(at), 1, RecordKind.REFLECTION, title=found.title)
    return say_record(by=by, at=at, organisation=OrganisationId(held.organisation), achievement=done)


@action("champion.step-confirmed", may=Can.EDIT_CHAMPIONS)
def confirm_step(*, by: Viewer, at: datetime, organisation: OrganisationId, champion: ChampionId, step: str) -> None:
    """Confirms that a champion took a step, as they said last. It is bound to that record, and a later one is open.

    Refuses what they have not said, what is confirmed already, and oneself.
    """
    scope = by.scope(Can.EDIT_CHAMPIONS)
    place = _locked(scope, organisation)
    held = champion_by_id(scope, place.pk, champion, london_date(at))
    if by.person == held.person:
        raise Refusal("Somebody else confirms your steps")
    word = words_of(scope, held).get(step)
    if word is None:
        raise Refusal("They have not said that this is done")
    if word.confirmed_on is not None:
        raise Refusal(f"{word.confirmed_by} has confirmed this already")
    StepConfirmed.objects.create(
        record_id=word.record, champion_id=held.id, at=at, by=by.user or by.person, by_name=by.name
    )


def _begin(
    by: Viewer, at: datetime, place: Organisation, person: PersonId, covering: Covering, starts_on: date
) -> ChampionId:
    here, today = Scope(frozenset({place.pk})), london_date(at)
    if not (works_within(here, person, today) and is_known(here, person)):
        raise Refusal("Choose somebody who works here", field="person")
    _refuse_covering(here, place.pk, covering, today)
    if champion_at(here, place.pk, person, today) is not None:
        raise Refusal("They are a champion here already", field="person")
    row = ChampionRow.objects.create(organisation=place, person_id=person, at=at, by_name=by.name)
    _write(by, at, ChampionId(row.pk), covering, starts_on, None)
    names = {one.subject: one.title for one in content().steps}
    add_skills(by=by, at=at, skills=names, levels=[Level(1, "Done")])
    return ChampionId(row.pk)


def _write(
    by: Viewer, at: datetime, champion: ChampionId, covering: Covering, starts_on: date, ends_on: date | None
) -> None:
    ChampionTerm.objects.create(
        champion_id=champion,
        topics=list(covering.topics),
        minutes_a_week=covering.minutes_a_week,
        shares_name=covering.shares_name,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


def _refuse_covering(
    scope: Scope, organisation: UUID, covering: Covering, today: date, *, kept: Collection[str] = ()
) -> None:
    _refuse_unknown((*topics_at(scope, organisation, today), *kept), covering.topics, needed=True)
    if not 1 <= covering.minutes_a_week <= MOST_MINUTES:
        raise Refusal("Enter the hours a week, such as 1 or 1.5", field="hours")


def _refuse_unknown(known_topics: Collection[str], topics: Collection[str], *, needed: bool) -> None:
    if needed and not topics:
        raise Refusal("Choose at least one topic", field="topics")
    if not set(topics) <= set(known_topics):
        raise Refusal("Choose topics from the list", field="topics")


def _own(by: Viewer) -> UUID:
    if by.person is None:
        raise Refusal("Only a person can say this")
    return by.person


def _own_at(by: Viewer, person: UUID, organisation: OrganisationId, today: date) -> Champion:
    """Oneself as a champion of a place today."""
    for one in own_champions(by.scope(Can.ASK_CHAMPION), person, today):
        if one.organisation == organisation:
            return one
    raise Refusal("You are not a champion here today")


def _locked(scope: Scope, organisation: OrganisationId) -> Organisation:
    """The place, held until the action is over, so that nobody is made a champion twice at once."""
    return Organisation.objects.select_for_update().get(pk=organisation_by_id(scope, organisation).pk)
