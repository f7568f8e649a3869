"""One person's counting records and states, made ready for the judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from .days import FOREVER, NEVER, Days, end_of, start_of
from .days import join as join_days
from .facts import Dated, Person, Record, RecordStatus, World, known

# Which subjects count, each from which level.
Sources: TypeAlias = tuple[tuple[str, int], ...]


class Entry(NamedTuple):
    """A counting record in whole numbers; `expires` is the certificate's last valid day, FOREVER without one."""

    on: int
    level: int
    kind: str | None
    expires: int
    minutes: int
    participatory: bool
    id: str


_BY_DAY = itemgetter(0, 6)  # its day and its id


def entry(record: Record) -> Entry:
    """The record in whole numbers."""
    expires = FOREVER if record.expires_on is None else record.expires_on.toordinal()
    on = record.on.toordinal()
    return Entry(on, record.level, record.kind, expires, record.minutes, record.participatory, record.id)


class Ledger:
    """The counting records of a person by subject, and the days of their states.

    The records of a subject are made ready when it is first asked for: somebody may have a hundred skills signed for,
    of which no requirement of their training knows.
    """

    __slots__ = ("_before", "_entries", "_make", "met", "states", "subjects")

    def __init__(
        self, subjects: Collection[str], make: Callable[[str], list[Entry]], states: Mapping[str, Days]
    ) -> None:
        self.subjects = subjects
        self.states = states
        self._make = make
        self._entries: dict[str, list[Entry]] = {}
        # What has been worked out from this ledger already, by gauge.
        self.met: dict[object, Days] = {}
        self._before: dict[int, Ledger] = {}

    def entries(self, sources: Sources, kinds: tuple[str, ...] | None) -> list[Entry]:
        """The records that fit, by day; each once, however many ways it fits."""
        if len(sources) == 1:
            subject, level = sources[0]
            found = self.of(subject)
            if level > 1:
                found = [one for one in found if one.level >= level]
        else:
            found = [one for subject, level in sources for one in self.of(subject) if one.level >= level]
            if len(found) > 1:
                found.sort(key=_BY_DAY)
        return found if kinds is None else [one for one in found if one.kind in kinds]

    def of(self, subject: str) -> list[Entry]:
        """The counting records of a subject, by day."""
        found = self._entries.get(subject)
        if found is None:
            found = self._entries[subject] = self._make(subject) if subject in self.subjects else []
        return found

    def held(self, state: str) -> Days:
        """The days on which the person holds a state."""
        return self.states.get(state, NEVER)

    def before(self, day: int) -> Ledger:
        """This ledger with only the records dated before a day."""
        found = self._before.get(day)
        if found is None:
            found = self._before[day] = self._only(lambda one: one.on < day)
        return found

    def without(self, day: int) -> Ledger:
        """This ledger without the records dated on a day."""
        return self._only(lambda one: one.on != day)

    def _only(self, keeps: Callable[[Entry], bool]) -> Ledger:
        return Ledger(self.subjects, lambda subject: [one for one in self.of(subject) if keeps(one)], self.states)

    def with_more(self, more: Iterable[tuple[str, Entry]], states: Mapping[str, Days]) -> Ledger:
        """This ledger with further records, each with its subject, and other days for some states."""
        added: dict[str, list[Entry]] = {}
        for subject, one in more:
            added.setdefault(subject, []).append(one)

        def grown(subject: str) -> list[Entry]:
            return sorted([*self.of(subject), *added.get(subject, ())], key=_BY_DAY)

        return Ledger({*self.subjects, *added}, grown, {**self.states, **states})


def ledger(records: Iterable[Record], states: Iterable[Dated], known_at: datetime | None) -> Ledger:
    """The ledger of one person's records and states as known at a moment.

    A record counts when it is accepted, known and not withdrawn, and its certificate did not expire before its own day.
    """
    by_subject: dict[str, list[Record]] = {}
    for record in records:
        by_subject.setdefault(record.subject, []).append(record)

    def made(subject: str) -> list[Entry]:
        entries = []
        for one in by_subject[subject]:
            if one.status is RecordStatus.ACCEPTED and known(one.recorded_at, one.withdrawn_at, known_at):
                counting = entry(one)
                if counting.expires >= counting.on:
                    entries.append(counting)
        if len(entries) > 1:
            entries.sort(key=_BY_DAY)
        return entries

    return Ledger(by_subject.keys(), made, days_by_value(states))


class Ledgers:
    """The people of a world and their ledgers as known at a moment, made once for every judge of the same facts."""

    def __init__(self, world: World, known_at: datetime | None) -> None:
        self._facts = world.people, world.records, known_at
        self._people = {person.id: person for person in world.people}
        self._records: dict[str, list[Record]] = {}
        self._made: dict[str, Ledger] = {}
        for record in world.records:
            self._records.setdefault(record.person, []).append(record)

    def are_of(self, world: World, known_at: datetime | None) -> bool:
        """Are these the people and records of a world, as known at the same moment?"""
        people, records, moment = self._facts
        return people is world.people and records is world.records and moment == known_at

    def person(self, person: str) -> Person | None:
        """The person with an id."""
        return self._people.get(person)

    def records_of(self, person: str) -> Sequence[Record]:
        """Every record of a person, counting or not."""
        return self._records.get(person, ())

    def of(self, person: Person) -> Ledger:
        """The ledger of a person."""
        found = self._made.get(person.id)
        if found is None:
            found = self._made[person.id] = ledger(self.records_of(person.id), person.states, self._facts[2])
        return found


def days_by_value(dated: Iterable[Dated]) -> dict[str, Days]:
    """The days on which each value holds."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in dated:
        spans.setdefault(one.value, []).append((start_of(one.starts_on), end_of(one.ends_on)))
    return {value: join_days(found) for value, found in spans.items()}
