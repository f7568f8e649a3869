"""Why a requirement applies on a day, or does not."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.audience import All, Any, Audience, Everyone, Leaf, Node, Not

from .audiences import days_in, leaf_days_by_value
from .cases import Prepared, Seat
from .days import as_date, between, complement, contains, last_date, run_holding
from .explanation import Applicability, Applies, GoverningVersion, LeafFinding, Span
from .rules import Rule, governing


def span(days: tuple[int, int]) -> Span:
    """A run of days, its last day included."""
    return Span(as_date(days[0]), last_date(days[1]))


def governing_version(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> GoverningVersion | None:
    """The version that governs the day; none when no version is known."""
    if not rule.versions:
        return None
    index = governing(prepared.tenure(seat, rule).reigns, day)
    version = rule.versions[index]
    later = rule.starts[index + 1 : index + 2]
    return GoverningVersion(
        index=rule.numbers[index],
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        source=version.source,
        kept=bool(later) and later[0] <= day,
    )


def applicability(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> Applicability:
    """Why the requirement applies to an engagement on a day, or does not."""
    tenure = prepared.tenure(seat, rule)
    engagement = seat.engagement
    engaged = Span(engagement.starts_on, last_date(seat.end))
    if not seat.start <= day < seat.end:
        return Applicability(Applies.NOT_ENGAGED, None, engaged, ())
    if not rule.versions:
        return Applicability(Applies.NOT_IN_FORCE, None, engaged, ())
    version = governing(tenure.reigns, day)
    leaves = _deciding(rule.versions[version].audience, seat, day)
    run = run_holding(tenure.required, day)
    if run is not None:
        return Applicability(Applies.REQUIRED, span(run), engaged, leaves)
    if contains(prepared.exempt(seat, rule), day):
        return Applicability(Applies.EXEMPT, None, engaged, leaves)
    if contains(seat.shape.in_audience(rule.audiences[version]), day):
        return Applicability(Applies.NOT_IN_FORCE, None, engaged, leaves)
    return Applicability(Applies.NOT_IN_AUDIENCE, None, engaged, leaves)


def _deciding(audience: Audience, seat: Seat, day: int) -> tuple[LeafFinding, ...]:
    """The leaves that make the audience hold on a day, or that keep it from holding."""
    return () if isinstance(audience, Everyone) else tuple(dict.fromkeys(_leaves(audience, seat, day)))


def _leaves(node: Node, seat: Seat, day: int) -> list[LeafFinding]:
    match node:
        case Leaf():
            return [_leaf(node, seat, day)]
        case Not(part):
            return _leaves(part, seat, day)
        case All(parts) | Any(parts):
            holds = [contains(days_in(part, seat.shape.who), day) for part in parts]
            # A list that holds by one part, or fails by one, is decided by those parts; otherwise by all of them.
            decisive = isinstance(node, Any)
            chosen = [part for part, held in zip(parts, holds, strict=True) if held is decisive] or list(parts)
            return [finding for part in chosen for finding in _leaves(part, seat, day)]


def _leaf(leaf: Leaf, seat: Seat, day: int) -> LeafFinding:
    days = days_in(leaf, seat.shape.who)
    holds = contains(days, day)
    run = run_holding(between(days if holds else complement(days), seat.start, seat.end), day)
    by_value = leaf_days_by_value(leaf, seat.shape.who)
    values = tuple(value for value in leaf.one_of if contains(by_value[value], day))
    return LeafFinding(leaf, holds, values, None if run is None else as_date(run[0]))
