"""The judge: prepared once from a world, it answers for any engagement, requirement and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from preceptor.compliance.requirements.domain.audience import Audience

from .applicability import applicability
from .cases import Prepared, Seat
from .causes import Causes
from .days import contains
from .explaining import explain
from .explanation import Explanation, LeafFinding, Timeline
from .facts import World
from .measures import Share
from .rules import Rule
from .scopes import BlindSpots, blind_spots, training_item
from .verdicts import Status, Verdict, verdict_on


class Judge:
    """Answers from a world's facts, as they were known at a moment or, without one, as they are known now."""

    def __init__(self, world: World, known_at: datetime | None = None, *, like: Judge | None = None) -> None:
        """With `like`, what that judge made ready of the same people and records is not made again."""
        self.known_at = known_at
        self._prepared = Prepared(world, known_at, like.prepared.ledgers if like else None)

    @property
    def prepared(self) -> Prepared:
        """The world made ready, for questions about all of it at once."""
        return self._prepared

    def verdict(self, engagement: str, requirement: str, day: date) -> Verdict:
        """The verdict on one engagement and one requirement on a day."""
        prepared = self._prepared
        return verdict_on(prepared.case(prepared.seat(engagement), prepared.rule(requirement)), day.toordinal())

    def timeline(self, engagement: str, requirement: str) -> Timeline:
        """Every status there was, is and will be, with the cause of each change."""
        prepared = self._prepared
        return Causes(prepared, prepared.seat(engagement), prepared.rule(requirement)).timeline()

    def explain(self, engagement: str, requirement: str, day: date) -> Explanation:
        """Why the verdict on a day is what it is."""
        return explain(self._prepared, self._prepared.seat(engagement), self._prepared.rule(requirement), day)

    def reasons(self, engagement: str, requirement: str, day: date) -> tuple[LeafFinding, ...]:
        """The parts of the audience that decide whether a requirement applies on a day; none when it is everyone."""
        prepared = self._prepared
        return applicability(prepared, prepared.seat(engagement), prepared.rule(requirement), day.toordinal()).leaves

    def verdicts(
        self,
        day: date,
        pairs: Iterable[tuple[str, str]] | None = None,
        *,
        not_needed: bool = False,
    ) -> list[Verdict]:
        """The verdicts on a day, by engagement and requirement in order of code point.

        Of all pairs, or of the (engagement, requirement) pairs given; those not needed are left out unless asked for.
        """
        ordinal = day.toordinal()
        case = self._prepared.case
        chosen = (
            self._all(ordinal, not_needed=not_needed)
            if pairs is None
            else self._given(pairs, ordinal, not_needed=not_needed)
        )
        found = [verdict_on(case(seat, rule), ordinal) for seat, rule in chosen]
        return found if not_needed else [one for one in found if one.status is not Status.NOT_NEEDED]

    def _all(self, day: int, *, not_needed: bool) -> Iterator[tuple[Seat, Rule]]:
        """Every pair; without those that cannot be required on the day unless asked for."""
        for engagement in self._prepared.engagements:
            seat = self._prepared.seat(engagement)
            if not_needed:
                for rule in self._prepared.rulebook.rules.values():
                    yield seat, rule
            elif seat.start <= day < seat.end:
                for rule in seat.shape.active(day):
                    if not rule.keeps_starters or contains(self._prepared.tenure(seat, rule).required, day):
                        yield seat, rule

    def _given(self, pairs: Iterable[tuple[str, str]], day: int, *, not_needed: bool) -> Iterator[tuple[Seat, Rule]]:
        for engagement, requirement in sorted(set(pairs)):
            seat, rule = self._prepared.seat(engagement), self._prepared.rule(requirement)
            if not_needed or (seat.start <= day < seat.end and rule in seat.shape.active(day)):
                yield seat, rule

    def training_item(
        self,
        scope: Audience,
        day: date,
        *,
        subject: str,
        level: int = 1,
        kinds: tuple[str, ...] | None = None,
    ) -> Share:
        """People in a scope on a day with a qualifying record in the last twelve months, of all people in the scope."""
        return training_item(self._prepared, scope, day, subject=subject, level=level, kinds=kinds)

    def blind_spots(self, day: date, *, subjects: Collection[str], states: Collection[str]) -> BlindSpots:
        """What the rules in force on a day leave out, given the subjects and states that exist."""
        return blind_spots(self._prepared, day, subjects=subjects, states=states)
