"""Questions about a whole world on a day: who is in a scope, who is trained, and what no rule or nobody answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from preceptor.compliance.requirements.domain.audience import Audience, Role, StaffGroup, named
from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Criterion,
    Expiry,
    FirstThen,
    State,
)

from .audiences import in_audience
from .cases import Prepared, Seat
from .days import contains
from .measures import Share
from .rules import Rule

_TWELVE_MONTHS = 12


def people_in(prepared: Prepared, scope: Audience, day: date) -> frozenset[str]:
    """The people with an engagement on the day that is in the scope on that day; people on leave are among them."""
    ordinal = day.toordinal()
    asked = in_audience(scope)
    return frozenset(
        seat.engagement.person for seat in _seats(prepared, ordinal) if contains(asked(seat.shape.who), ordinal)
    )


def training_item(
    prepared: Prepared,
    scope: Audience,
    day: date,
    *,
    subject: str,
    level: int = 1,
    kinds: tuple[str, ...] | None = None,
    months: int = _TWELVE_MONTHS,
) -> Share:
    """People in the scope on the day with a qualifying record in the last twelve months, of all people in the scope.

    Someone on leave stays in the whole. What share is enough, and how the item is worded, is dated data, not said here.
    """
    qualifies = Achieved(subject=subject, months=months, level=level, kinds=kinds, expiry=Expiry.IGNORE)
    gauge = prepared.rulebook.gauge(qualifies)
    people = people_in(prepared, scope, day)
    trained = sum(contains(gauge.days(prepared.ledger(person)), day.toordinal()) for person in people)
    return Share(trained, len(people))


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """What would otherwise pass in silence as “not needed” or stay overdue for ever; ids and codes in order.

    `cannot_be_met`: requirements whose criterion needs a subject or state that does not exist. `met_by_nobody`: those
    that somebody must meet and nobody who must has ever met. `for_nobody`: those in force whose audience nobody is in.
    `unknown_roles`: each role held that no rule in force names, neither itself nor the staff group of one who holds it,
    with the number of engagements that hold it.
    """

    cannot_be_met: tuple[str, ...]
    met_by_nobody: tuple[str, ...]
    for_nobody: tuple[str, ...]
    unknown_roles: tuple[tuple[str, int], ...]


def cannot_be_met(
    prepared: Prepared, day: date, *, subjects: Collection[str], states: Collection[str]
) -> tuple[str, ...]:
    """The requirements in force on a day whose criterion needs a subject or state that does not exist."""
    return tuple(
        rule.id
        for rule, version in _in_force(prepared, day).items()
        if not _can_be_met(prepared, rule.versions[version].met_by, subjects, states)
    )


def unknown_roles(prepared: Prepared, day: date) -> tuple[tuple[str, int], ...]:
    """Each role held on a day that no rule in force knows, with the number of engagements that hold it."""
    audiences = [rule.versions[version].audience for rule, version in _in_force(prepared, day).items()]
    return _unknown_roles(list(_seats(prepared, day.toordinal())), audiences)


def _in_force(prepared: Prepared, day: date) -> dict[Rule, int]:
    """The rules in force on a day, each with the index of its version."""
    ordinal = day.toordinal()
    rules = prepared.rulebook.rules.values()
    return {rule: version for rule in rules if (version := rule.in_force(ordinal)) is not None}


def blind_spots(
    prepared: Prepared,
    day: date,
    *,
    subjects: Collection[str],
    states: Collection[str],
) -> BlindSpots:
    """What the rules in force on a day leave out, given the subjects and states that exist."""
    ordinal = day.toordinal()
    in_force = _in_force(prepared, day)
    seats = list(_seats(prepared, ordinal))
    obliged = {
        rule: [seat for seat in seats if _is_in(seat, rule, number, ordinal)] for rule, number in in_force.items()
    }
    return BlindSpots(
        cannot_be_met=cannot_be_met(prepared, day, subjects=subjects, states=states),
        met_by_nobody=tuple(
            rule.id
            for rule, found in obliged.items()
            if found and not any(_has_met(prepared, seat, rule, ordinal) for seat in found)
        ),
        for_nobody=tuple(rule.id for rule, found in obliged.items() if not found),
        unknown_roles=unknown_roles(prepared, day),
    )


def _seats(prepared: Prepared, day: int) -> Iterable[Seat]:
    seats = (prepared.seat(engagement) for engagement in prepared.engagements)
    return (seat for seat in seats if seat.start <= day < seat.end)


def _is_in(seat: Seat, rule: Rule, version: int, day: int) -> bool:
    return contains(seat.shape.in_audience(rule.audiences[version]), day)


def _has_met(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> bool:
    met = prepared.case(seat, rule).met
    return bool(met) and met[0] <= day


def _can_be_met(
    prepared: Prepared,
    criterion: Criterion,
    subjects: Collection[str],
    states: Collection[str],
) -> bool:
    match criterion:
        case AllOf(parts):
            return all(_can_be_met(prepared, part, subjects, states) for part in parts)
        case AnyOf(parts):
            return any(_can_be_met(prepared, part, subjects, states) for part in parts)
        case FirstThen():
            return _can_be_met(prepared, criterion.first, subjects, states)
        case State():
            return criterion.state in states
        case _:
            counting = prepared.rulebook.equivalences.looked_at(criterion.subjects())
            return any(subject in subjects for subject in counting)


def _unknown_roles(seats: list[Seat], audiences: list[Audience]) -> tuple[tuple[str, int], ...]:
    roles = frozenset[str]().union(*(named(audience, Role) for audience in audiences))
    groups = frozenset[str]().union(*(named(audience, StaffGroup) for audience in audiences))
    held: dict[str, list[str | None]] = {}
    for seat in seats:
        if seat.engagement.role is not None:
            held.setdefault(seat.engagement.role, []).append(seat.engagement.staff_group)
    return tuple(
        (role, len(found)) for role, found in sorted(held.items()) if role not in roles and groups.isdisjoint(found)
    )
