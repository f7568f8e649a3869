"""What rules demand of people's time in a period, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from preceptor.compliance.standing.domain.verdicts import Case, Status, status_on, verdict_on

from .times import Done

_OPEN = {Status.DUE_SOON, Status.DUE, Status.OVERDUE}


@dataclass(frozen=True, slots=True)
class Opening:
    """When something began to be due in a period, and the last day to do it: None if that is after the period."""

    opens_on: date
    by: date | None


@dataclass(frozen=True, slots=True)
class Demand:
    """The minutes one requirement demands of one person in a month. `done` is None while it is not done.

    `record` is what was done for it, where it was.
    """

    engagement: str
    requirement: str
    month: date
    minutes: int
    done: Done | None = None
    record: str = ""


def each_once(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """One person's demands, with what is done once counted once: in its longest demand, and of those in the first.

    One course may answer several requirements, and one requirement be asked in two jobs at the same place.
    """
    found: dict[str, Demand] = {}
    for one in demands:
        key = one.record or one.requirement
        held = found.get(key)
        if held is None or (-one.minutes, one.month) < (-held.minutes, held.month):
            found[key] = one
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """Minutes demanded, and what became of them; and how many were offered as protected time."""

    demanded: int = 0
    protected: int = 0
    work: int = 0
    home: int = 0
    unsaid: int = 0
    not_done: int = 0
    offered: int = 0

    @property
    def given(self) -> int:
        """Minutes that the practice gave: in protected time or otherwise at work."""
        return self.protected + self.work


def tally(found: Iterable[Demand], offered: int = 0) -> Tally:
    """Adds demands up. The parts add up to what was demanded."""
    parts: dict[Done | None, int] = {}
    for one in found:
        parts[one.done] = parts.get(one.done, 0) + one.minutes
    return Tally(
        demanded=sum(parts.values()),
        protected=parts.get(Done.PROTECTED, 0),
        work=parts.get(Done.WORK, 0),
        home=parts.get(Done.HOME, 0),
        unsaid=parts.get(Done.UNSAID, 0),
        not_done=parts.get(None, 0),
        offered=offered,
    )


def opening(case: Case, first: date, end: date) -> Opening | None:
    """When something begins to be due from a day up to another, were nothing new done; None if it does not.

    The last day to do it is the last on which it is met or in its grace; what is overdue on the first day is due then.
    """
    day, last = first.toordinal(), end.toordinal()
    opens: date | None = None
    while day < last:
        status, edge = status_on(case, day)
        if status in _OPEN and opens is None:
            opens = date.fromordinal(day)
        if status is Status.DUE:
            due_on = verdict_on(case, day).due_on
            return Opening(opens or date.fromordinal(day), due_on if due_on and due_on < end else None)
        if status is Status.OVERDUE:
            overdue_on = date.fromordinal(day)
            return Opening(opens or overdue_on, max(first, date.fromordinal(day - 1)))
        day = edge
    return Opening(opens, None) if opens else None


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose time is counted, with what they were offered and what was demanded of them.

    What skills demand is counted apart from what requirements demand.
    """

    person: str
    name: str
    sort_name: str
    role_name: str
    demands: tuple[Demand, ...]
    offered: int
    skills: tuple[Demand, ...] = ()

    @property
    def tally(self) -> Tally:
        """Their time added up."""
        return tally(self.demands, self.offered)


@dataclass(frozen=True, slots=True)
class Report:
    """What a period demanded of everybody at a place, was offered and used."""

    first: date
    end: date
    people: tuple[Person, ...]
    offered_by_month: dict[date, int]
    untimed: tuple[str, ...] = ()

    @property
    def demands(self) -> list[Demand]:
        """Every demand of everybody."""
        return [one for who in self.people for one in who.demands]

    @property
    def tally(self) -> Tally:
        """All of it added up, without skills."""
        return tally(self.demands, sum(who.offered for who in self.people))

    @property
    def skills(self) -> Tally:
        """All of what skills demanded added up."""
        return tally(one for who in self.people for one in who.skills)

    def by_month(self) -> list[tuple[date, Tally, Tally]]:
        """Each month of the period in order, those without anything too: without skills, and skills alone."""
        demands, skills = self.demands, [one for who in self.people for one in who.skills]
        return [
            (
                month,
                tally((one for one in demands if one.month == month), self.offered_by_month.get(month, 0)),
                tally(one for one in skills if one.month == month),
            )
            for month in self.months()
        ]

    def by_role(self) -> list[tuple[str, int, Tally, Tally]]:
        """Each role with how many people and their time, by name: without skills, and skills alone."""
        roles: dict[str, list[Person]] = {}
        for who in self.people:
            roles.setdefault(who.role_name, []).append(who)
        return [
            (name, len(some), _together(some), tally(one for who in some for one in who.skills))
            for name, some in sorted(roles.items())
        ]

    def months(self) -> list[date]:
        """The first day of each month of the period."""
        found, month = [], month_of(self.first)
        while month < self.end:
            found.append(month)
            month = month_of(date.fromordinal(month.toordinal() + 31))
        return found


def _together(some: Sequence[Person]) -> Tally:
    return tally((one for who in some for one in who.demands), sum(who.offered for who in some))
