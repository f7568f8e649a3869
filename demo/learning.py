"""What one person learned over the years: their needs met about when due, as people of their habit meet them.

It is worked out backwards. How things stand today is decided first (in date, running out, overdue); each record then
explains the one after it, until the day the need began.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeAlias

from preceptor.compliance.records.domain import Achievement, RecordKind
from preceptor.compliance.requirements.domain.criteria import Achieved, Count, Hours
from preceptor.compliance.requirements.domain.transitions import AtOnce
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.foundation.dates import add_months, first_day_reaching, last_valid_day
from preceptor.register.organisations.domain import Period

from .courses import before_they_came, named
from .needs import Need, Needs, needs_both
from .places import Lapses
from .spans import working_day
from .staff import Habit
from .ways import Gathered, Repeated, ways_of

# Stands for every requirement not named, in someone's wishes.
EVERYTHING: Final = "*"

# What is taught in one session to those who need both.
_ONE_SESSION: Final = (("life-support-clinical", "life-support-children"),)

# Done on arrival, whenever it came to be required.
_ON_ARRIVAL: Final = frozenset(
    {
        *("practice-induction", "locum-induction", "data-security-induction", "clinical-system-induction"),
        *("emis-web", "systmone", "vision"),
    }
)
# A subject at a level as certain kinds, which no two needs make anyone do twice.
_Claim: TypeAlias = tuple[str, int, tuple[str, ...] | None]

# Certificates people usually hold before they are asked for them.
_HELD_LONG: Final = frozenset({"cervical-certificate", "vaccination-foundation", "care-certificate"})
_WORSE: Final = {Habit.PROMPT: 0.35, Habit.ORDINARY: 1.0, Habit.SLOW: 2.4}
_SOON: Final = 61

# How many renewals come too late, of all: fewer as the years went by.
_LATE: Final = {Habit.PROMPT: 0.1, Habit.ORDINARY: 0.25, Habit.SLOW: 0.4}


@dataclass(frozen=True, slots=True)
class Learner:
    """Who learns: since when they and the rules are here, until when they learn, how they and their place keep up.

    `wishes` are days from today until which something is to be valid, by requirement; None is never done.
    """

    email: str
    joined: date
    begun: date
    today: date
    habit: Habit
    lapses: Lapses
    wishes: Mapping[str, int | None] = field(default_factory=dict)
    long_way: frozenset[str] = frozenset()

    @property
    def late(self) -> float:
        """How likely they renew something too late: by habit, and by how their place looks after it."""
        return min(0.8, _LATE[self.habit] * (0.9 + self.lapses.overdue / 9))

    def dice(self, key: str) -> random.Random:
        """Chance that falls the same way every time, for each person and need."""
        return random.Random(f"{self.email} {key}")


def history(learner: Learner, needs: Needs) -> list[Achievement]:
    """Everything they have done, in the order they did it."""
    done: dict[_Claim, tuple[str, date]] = {}
    found: list[Achievement] = []
    for need in sorted(_sessions(needs.wanted), key=_lasting_last):
        found += _Story(learner, need, needs, done).told()
    kept = {there for one in found if (there := _when_here(learner, one, needs.away))}
    return sorted(kept, key=lambda one: (one.on, one.subject, one.level, one.kind, one.title, one.minutes or 0))


def _when_here(learner: Learner, one: Achievement, away: Sequence[Period]) -> Achievement | None:
    """What would have fallen into a leave, done in the weeks after it instead, if these have come."""
    for period in away:
        if _within(one.on, period.starts_on, period.ends_on):
            if period.ends_on is None:
                return None
            back = working_day(period.ends_on + timedelta(days=learner.dice(one.subject).randrange(4, 24)))
            return replace(one, on=back) if back < learner.today else None
    return one


def _sessions(needs: Sequence[Need]) -> list[Need]:
    """The needs, those that are taught together as one."""
    second = {keys[1] for keys in _ONE_SESSION if needs_both(needs, keys)}
    return [need for need in needs if need.key not in second]


def _lasting_last(need: Need) -> tuple[bool, str]:
    ways = ways_of(need.versions[-1].met_by)
    return (any(isinstance(way, Repeated) and way.months is None for way in ways), need.key)


@dataclass(frozen=True, slots=True)
class _Regime:
    """A stretch of time under one way to count, and the day by which the first record under it should be there."""

    starts_on: date
    ready_on: date
    version: Version


@dataclass(frozen=True, slots=True)
class _Story:
    """How one person met one need."""

    learner: Learner
    need: Need
    needs: Needs
    done: dict[_Claim, tuple[str, date]]

    @property
    def end(self) -> date:
        """The last day they did anything about it."""
        day = self.learner.today - timedelta(days=2)
        for period in self.needs.away:
            if period.starts_on and _within(day, period.starts_on, period.ends_on):
                day = period.starts_on - timedelta(days=5)
        return min(day, self.need.until - timedelta(days=20)) if self.need.until else day

    def told(self) -> Iterator[Achievement]:
        """What they did, oldest last within each way."""
        if self.need.since > self.end:
            return
        dice = self.learner.dice(self.need.key)
        regimes = list(self._regimes())
        nothing_yet = self._is_wished() and self.learner.wishes.get(self.need.key) is None
        until = self._until(regimes[-1], dice) if regimes else None
        for number, regime in reversed(list(enumerate(regimes))):
            earliest = None
            last = number == len(regimes) - 1
            for way in ways_of(regime.version.met_by, long_way=self.need.key in self.learner.long_way):
                if isinstance(way, Gathered):
                    yield from _gathered(way.leaf, self._anchor(way, regime), self.end, dice)
                    continue
                if not self._claim(way):
                    continue
                days = [] if last and nothing_yet else self._days(way, regime, until, dice, first=number == 0)
                yield from self._records(way, days, dice)
                earliest = min([*days, *([earliest] if earliest else [])], default=earliest)
            until = (earliest or regime.starts_on) + timedelta(days=dice.randrange(0, 200))

    def _regimes(self) -> Iterator[_Regime]:
        versions = [one for one in self.need.versions if one.starts_on <= self.end]
        current = [one for one in versions if one.starts_on <= self.need.since][-1:]
        begun = current + [one for one in versions if one.starts_on > self.need.since]
        for number, version in enumerate(begun):
            start = max(self.need.since, version.starts_on)
            first_due = timedelta(days=version.first_due_days or 0)
            if number == 0:
                yield _Regime(start, start + first_due, version)
            elif isinstance(version.transition, AtOnce):
                yield _Regime(start, start + timedelta(days=version.transition.grace_days), version)

    def _until(self, regime: _Regime, dice: random.Random) -> date | None:
        """The last valid day of what they have now: as wished, or as chance has it."""
        ways = ways_of(regime.version.met_by)
        lasting = [way.months for way in ways if isinstance(way, Repeated) and way.months]
        if not lasting:
            return None
        months = min(lasting)
        wish = self.learner.wishes.get(self.need.key)
        if wish is not None:
            return self.learner.today + timedelta(days=wish)
        whole = (add_months(self.end, months) - self.end).days
        worse, chance = _WORSE[self.learner.habit], dice.random() * 100
        overdue, soon = self.learner.lapses.overdue * worse, self.learner.lapses.due_soon
        if chance < overdue:
            return self.end - timedelta(days=1 + int(dice.expovariate(1 / 35)) % 160)
        if chance < overdue + soon:
            return self.end + timedelta(days=dice.randrange(2, _SOON))
        return self.end + timedelta(days=dice.randrange(min(_SOON + 3, whole - 2), whole))

    def _days(
        self, way: Repeated, regime: _Regime, until: date | None, dice: random.Random, *, first: bool
    ) -> list[date]:
        """The days they did it under one regime, oldest first."""
        if way.months is None or until is None:
            return self._once(way, regime, dice)
        stop = regime.starts_on if first and self._did_so_before(regime) else regime.ready_on
        days = _backwards(until, way.months, way.early_days, stop, dice, self.learner.late)
        arrived = max(regime.starts_on, self.learner.joined)
        if days and days[0] < self.learner.joined and first:
            return self._as_newcomer(way, days, arrived, regime, dice)
        return [day for day in days if day <= self.end]

    def _as_newcomer(
        self, way: Repeated, days: list[date], arrived: date, regime: _Regime, dice: random.Random
    ) -> list[date]:
        """Some bring what they did for their last employer; the others do it in their first weeks."""
        own = [day for day in days if day >= self.learner.joined]
        brought = days[0]
        lasts = last_valid_day(brought, way.months or 1)
        if lasts >= arrived and (dice.random() < before_they_came(way.leaves[0].subject) or self._is_wished()):
            return days
        grace = max(2, (regime.ready_on - arrived).days)
        day = arrived + timedelta(days=dice.randrange(1, grace))
        if day > self.end:
            return own
        runs_out = last_valid_day(day, way.months or 1) <= self.end + timedelta(days=_SOON)
        if not own and self.learner.lapses.due_soon == 0 and runs_out:
            own = [self.end - timedelta(days=dice.randrange(3, 40))]
        return [day, *(one for one in own if (one - day).days > 30)]

    def _did_so_before(self, regime: _Regime) -> bool:
        """Was this nothing new when their place wrote down its requirements?"""
        new = (regime.starts_on - self.learner.begun).days > 60 or self.need.key in self.learner.long_way
        return self.learner.joined < regime.starts_on and not new

    def _is_wished(self) -> bool:
        return self.need.key in self.learner.wishes or EVERYTHING in self.learner.wishes

    def _once(self, way: Repeated, regime: _Regime, dice: random.Random) -> list[date]:
        subject = way.leaves[0].subject
        arriving = subject in _ON_ARRIVAL and not _is_new_system(subject, regime, self)
        start = self.learner.joined if arriving else regime.starts_on
        within = max(2, min((regime.ready_on - regime.starts_on).days, 75))
        if subject in _ON_ARRIVAL:
            within = min(within, 9)
        day = start + timedelta(days=dice.randrange(0, within))
        newcomer = (regime.starts_on - self.learner.joined).days < 10
        if subject in _HELD_LONG or (newcomer and dice.random() < before_they_came(subject)):
            return [start - timedelta(days=dice.randrange(90, 1500))]
        late = self.learner.lapses.overdue * _WORSE[self.learner.habit] / 3
        if dice.random() * 100 < late:
            day = regime.ready_on + timedelta(days=dice.randrange(5, 90))
        if self._is_wished():
            return [min(day, self.end)]
        return [day] if day <= self.end else []

    def _anchor(self, way: Gathered, regime: _Regime) -> date:
        """The day by which what is gathered once had to be there, or since when it is gathered again and again."""
        if way.leaf.months is not None:
            return regime.starts_on
        about = way.leaf.subjects()[0].partition("-")[0]
        known = [day for (subject, _, _), (_, day) in self.done.items() if subject.startswith(about)]
        return max(known, default=regime.ready_on)

    def _claim(self, way: Repeated) -> bool:
        """Has nothing else they need led them to do this already?"""
        return any(self._elsewhere(leaf) is None for leaf in way.leaves)

    def _elsewhere(self, leaf: Achieved) -> date | None:
        """The day they did this for another need, if they did."""
        key, day = self.done.get(_claim(leaf), (self.need.key, None))
        return None if key == self.need.key else day

    def _records(self, way: Repeated, days: Sequence[date], dice: random.Random) -> Iterator[Achievement]:
        leaves = [leaf for leaf in way.leaves if self._elsewhere(leaf) is None]
        beside = [day for leaf in way.leaves if (day := self._elsewhere(leaf))]
        if beside and days:
            days = [beside[0] - timedelta(days=7)]
        both = any(needs_both(self.needs.wanted, keys) for keys in _ONE_SESSION if keys[0] == self.need.key)
        for number, day in enumerate(days):
            asked = (way.then,) if way.then and number else tuple(leaves)
            for one in named(asked, working_day(day), self.need.minutes, dice, with_children=both):
                if one.on <= self.end:
                    yield replace(one, note=_BROUGHT) if one.on < self.learner.joined else one
        for leaf in leaves:
            if days:
                self.done[_claim(leaf)] = self.need.key, working_day(days[-1])


def _claim(leaf: Achieved) -> _Claim:
    return (leaf.subject, leaf.level, leaf.kinds)


_BROUGHT: Final = "From their last employer"


def _backwards(until: date, months: int, early_days: int, stop: date, dice: random.Random, late: float) -> list[date]:
    """The days of a chain of renewals whose last is valid until a day, back to the first on or before `stop`."""
    days: list[date] = []
    newest = until
    while len(days) < 40:
        on = first_day_reaching(until, months)
        years = (newest - on).days / 365
        if dice.random() < late * (1 + years / 10):
            until = on - timedelta(days=dice.randrange(8, 100 + round(20 * years)))
        elif early_days and not (on <= stop):
            until, on = on, on - timedelta(days=min(early_days, int(dice.expovariate(1 / 18))))
        else:
            until = on + timedelta(days=dice.randrange(0, 24))
        days.append(on)
        if on <= stop:
            break
    return days[::-1]


def _gathered(leaf: Count | Hours, anchor: date, end: date, dice: random.Random) -> Iterator[Achievement]:
    """Many small records: before the anchor if they are wanted once, ever since if they are wanted again and again."""
    sizes = [1] * leaf.at_least if isinstance(leaf, Count) else _sessions_of(leaf)
    if leaf.months is None:
        step = 130 / len(sizes)
        days = [anchor - timedelta(days=15 + round(step * number)) for number in range(len(sizes))]
    else:
        step = leaf.months * 30 / (len(sizes) * 1.35)
        days = []
        day = anchor + timedelta(days=dice.randrange(5, 25))
        while day <= end:
            days.append(day)
            day += timedelta(days=max(1, round(step * dice.uniform(0.75, 1.1))))
    for number, day in enumerate(days):
        on = working_day(day)
        if isinstance(leaf, Count):
            kind = RecordKind(leaf.kinds[0]) if leaf.kinds else RecordKind.REFLECTION
            yield Achievement(
                leaf.subject,
                on,
                leaf.level,
                kind,
                minutes=15,
                title=f"Sample {len(days) - number}" if kind is RecordKind.LOG else "",
            )
        else:
            with_others = number % 2 == 0
            kind = RecordKind.SESSION if with_others else RecordKind.COURSE
            yield Achievement(
                leaf.of[0], on, leaf.level, kind, minutes=sizes[number % len(sizes)], participatory=with_others
            )


def _sessions_of(leaf: Hours) -> list[int]:
    length = 120 if leaf.months is None else 240
    return [length] * -(-leaf.minutes // length)


def _is_new_system(subject: str, regime: _Regime, story: _Story) -> bool:
    """Did the place change over to this system while they worked there?"""
    return (
        subject in {"emis-web", "systmone"}
        and (regime.starts_on - story.learner.joined).days > 60
        and (story.learner.today - regime.starts_on).days < 900
    )


def _within(day: date, starts_on: date | None, ends_on: date | None) -> bool:
    return (starts_on is None or starts_on <= day) and (ends_on is None or day < ends_on)
