"""One person's counting records and states, made ready for the judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from .days import FOREVER, NEVER, Days, end_of, start_of
from .days import join as join_days
from .facts import Dated, Record, RecordStatus, known

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
    """The counting records of a person by subject, each list by day, and the days of their states."""

    __slots__ = ("_before", "by_subject", "met", "states")

    def __init__(self, by_subject: Mapping[str, list[Entry]], states: Mapping[str, Days]) -> None:
        self.by_subject = by_subject
        self.states = states
        # What has been worked out from this ledger already, by gauge.
        self.met: dict[object, Days] = {}
        self._before: dict[int, Ledger] = {}

    def entries(self, sources: Sources, kinds: tuple[str, ...] | None) -> list[Entry]:
        """The records that fit, by day; each once, however many ways it fits."""
        by_subject = self.by_subject
        if len(sources) == 1:
            subject, level = sources[0]
            found = by_subject.get(subject)
            if found is None:
                return []
            if level > 1:
                found = [one for one in found if one.level >= level]
        else:
            found = [one for subject, level in sources for one in by_subject.get(subject, ()) if one.level >= level]
            if len(found) > 1:
                found.sort(key=_BY_DAY)
        return found if kinds is None else [one for one in found if one.kind in kinds]

    def held(self, state: str) -> Days:
        """The days on which the person holds a state."""
        return self.states.get(state, NEVER)

    def before(self, day: int) -> Ledger:
        """This ledger with only the records dated before a day."""
        found = self._before.get(day)
        if found is None:
            earlier = {
                subject: [one for one in entries if one.on < day] for subject, entries in self.by_subject.items()
            }
            found = self._before[day] = Ledger(
                {key: entries for key, entries in earlier.items() if entries}, self.states
            )
        return found

    def with_more(self, more: Iterable[tuple[str, Entry]], states: Mapping[str, Days]) -> Ledger:
        """This ledger with further records, each with its subject, and other days for some states."""
        grown = {subject: list(entries) for subject, entries in self.by_subject.items()}
        for subject, one in more:
            grown.setdefault(subject, []).append(one)
        for entries in grown.values():
            entries.sort(key=_BY_DAY)
        return Ledger(grown, {**self.states, **states})


def ledger(records: Iterable[Record], states: Iterable[Dated], known_at: datetime | None) -> Ledger:
    """The ledger of one person's records and states as known at a moment.

    A record counts when it is accepted, known and not withdrawn, and its certificate did not expire before its own day.
    """
    by_subject: dict[str, list[Entry]] = {}
    for record in records:
        if record.status is not RecordStatus.ACCEPTED or not known(record.recorded_at, record.withdrawn_at, known_at):
            continue
        one = entry(record)
        if one.expires < one.on:
            continue
        entries = by_subject.get(record.subject)
        if entries is None:
            by_subject[record.subject] = [one]
        else:
            entries.append(one)
    for entries in by_subject.values():
        entries.sort(key=_BY_DAY)
    return Ledger(by_subject, days_by_value(states))


def days_by_value(dated: Iterable[Dated]) -> dict[str, Days]:
    """The days on which each value holds."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in dated:
        spans.setdefault(one.value, []).append((start_of(one.starts_on), end_of(one.ends_on)))
    return {value: join_days(found) for value, found in spans.items()}
