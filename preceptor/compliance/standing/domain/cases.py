"""From facts to the sets of days of a case: one computation, read by verdict, timeline and explanation alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from .audiences import Places, UnknownIdError, Who
from .days import (
    FOREVER,
    NEVER,
    Days,
    between,
    contains,
    difference,
    end_of,
    intersection,
    join,
    join_sorted,
    run,
    run_holding,
    start_of,
    union,
)
from .facts import Engagement, Exemption, Extension, Pause, Person, Record, World, known
from .ledger import Ledger, Ledgers
from .rules import Piece, Reigns, Rule, Rulebook, Tenure, governing
from .verdicts import Case


class Shape:
    """Engagements that every audience sees alike, and what the rules make of them."""

    __slots__ = ("_active", "_audiences", "_rulebook", "who")

    def __init__(self, who: Who, rulebook: Rulebook) -> None:
        self.who = who
        self._rulebook = rulebook
        self._audiences: dict[int, Days] = {}
        self._active: dict[int, dict[Rule, None]] = {}

    def in_audience(self, number: int) -> Days:
        """The days in the audience of that number."""
        found = self._audiences.get(number)
        if found is None:
            found = self._audiences[number] = self._rulebook.audiences[number](self.who)
        return found

    def active(self, day: int) -> dict[Rule, None]:
        """The rules, in order, that may require something of such an engagement on a day; every other one does not.

        A rule that keeps no starters requires a day if the audience of the version then in force does. One that keeps
        them requires no day that is outside the audiences of all its versions.
        """
        found = self._active.get(day)
        if found is None:
            rules: list[Rule] = []
            for numbers, keeping in self._rulebook.keeping_starters.items():
                if any(contains(self.in_audience(number), day) for number in numbers):
                    rules += keeping
            for number, asking in self._rulebook.asking(day).items():
                if contains(self.in_audience(number), day):
                    rules += asking
            found = self._active[day] = dict.fromkeys(sorted(rules, key=_BY_INDEX))
        return found


_BY_INDEX = attrgetter("index")


class Seat:
    """An engagement made ready, with its person's ledger."""

    __slots__ = ("end", "engagement", "id", "ledger", "pauses", "shape", "start")

    def __init__(self, engagement: Engagement, shape: Shape, ledger: Ledger, pauses: Sequence[Pause]) -> None:
        self.engagement = engagement
        self.id = engagement.id
        self.shape = shape
        self.ledger = ledger
        self.pauses = pauses
        self.start = engagement.starts_on.toordinal()
        self.end = end_of(engagement.ends_on)


class Lengthening(NamedTuple):
    """What one extension adds to Met: the days after `on`, until its end."""

    extension: Extension
    on: int
    added: Days


class Prepared:
    """A world arranged for judging: rules, shapes, seats, ledgers and the adjustments that are known."""

    def __init__(self, world: World, known_at: datetime | None, ledgers: Ledgers | None = None) -> None:
        self.world = world
        self.known_at = known_at
        self.rulebook = Rulebook(world, known_at)
        self.places = Places(world.organisations)
        self.engagements = {one.id: one for one in sorted(world.engagements, key=lambda one: one.id)}
        self.exemptions: dict[tuple[str, str], list[Exemption]] = {}
        self.pauses: dict[str, list[Pause]] = {}
        self.extensions: dict[str, list[Extension]] = {}
        self._scopes: dict[str, int] = {}
        same = ledgers if ledgers is not None and ledgers.are_of(world, known_at) else None
        self.ledgers = same or Ledgers(world, known_at)
        self._seats: dict[str, Seat] = {}
        self._shapes: dict[tuple[object, ...], Shape] = {}
        self._tenures: dict[tuple[int, int, int, Days, tuple[Days, ...]], Tenure] = {}
        self._sort_adjustments()
        self._named = self.rulebook.people_named()

    def _sort_adjustments(self) -> None:
        for one in self.world.adjustments:
            if not known(one.recorded_at, one.withdrawn_at, self.known_at):
                continue
            match one:
                case Exemption():
                    self.exemptions.setdefault((one.engagement, one.requirement), []).append(one)
                case Pause():
                    self.pauses.setdefault(one.engagement, []).append(one)
                case Extension():
                    self._scopes[one.id] = self.rulebook.number(one.scope)
                    for requirement in dict.fromkeys(one.requirements):
                        self.extensions.setdefault(requirement, []).append(one)

    def rule(self, requirement_id: str) -> Rule:
        """The rule of a requirement."""
        try:
            return self.rulebook.rules[requirement_id]
        except KeyError:
            message = f"there is no requirement “{requirement_id}” in this world"
            raise UnknownIdError(message) from None

    def seat(self, engagement_id: str) -> Seat:
        """The seat of an engagement."""
        found = self._seats.get(engagement_id)
        if found is None:
            try:
                engagement = self.engagements[engagement_id]
            except KeyError:
                message = f"there is no engagement “{engagement_id}” in this world"
                raise UnknownIdError(message) from None
            pauses = self.pauses.get(engagement_id, ())
            ledger = self.ledger(engagement.person)
            found = self._seats[engagement_id] = Seat(engagement, self._shape(engagement), ledger, pauses)
        return found

    def _shape(self, engagement: Engagement) -> Shape:
        key = (
            engagement.organisation,
            engagement.role,
            engagement.staff_group,
            engagement.kind,
            engagement.tasks,
            engagement.person if engagement.person in self._named else None,
        )
        found = self._shapes.get(key)
        if found is None:
            found = self._shapes[key] = Shape(Who(engagement, self.places), self.rulebook)
        return found

    def person(self, person_id: str) -> Person:
        """The person with an id."""
        found = self.ledgers.person(person_id)
        if found is None:
            message = f"there is no person “{person_id}” in this world"
            raise UnknownIdError(message)
        return found

    def records_of(self, person_id: str) -> Sequence[Record]:
        """Every record of a person, counting or not."""
        return self.ledgers.records_of(person_id)

    def ledger(self, person_id: str) -> Ledger:
        """The counting records and the states of a person."""
        return self.ledgers.of(self.person(person_id))

    def scope_days(self, extension: Extension, seat: Seat) -> Days:
        """The days on which an engagement is in the scope of an extension."""
        return seat.shape.in_audience(self._scopes[extension.id])

    def tenure(self, seat: Seat, rule: Rule) -> Tenure:
        """What the versions make of an engagement, its period and exemptions applied."""
        return self._tenure(seat, rule, self.exempt(seat, rule))

    def required_without_exemptions(self, seat: Seat, rule: Rule) -> Days:
        """The days that would be required if nothing were exempt."""
        return self._tenure(seat, rule, NEVER).required

    def _tenure(self, seat: Seat, rule: Rule, exempt: Days) -> Tenure:
        if rule.keeps_starters:
            audiences = tuple([seat.shape.in_audience(number) for number in rule.audiences])
            alike = (rule.terms, seat.start, seat.end, exempt, audiences)
            found = self._tenures.get(alike)
            if found is None:
                own = [difference(between(days, seat.start, seat.end), exempt) for days in audiences]
                found = self._tenures[alike] = rule.tenure(own)
            return found
        _, reigns, pieces, notices = rule.usual
        return Tenure(self._required(seat, rule, exempt), reigns, pieces, notices)

    def _required(self, seat: Seat, rule: Rule, exempt: Days) -> Days:
        """The days required by a rule that keeps no starters."""
        shape = seat.shape
        if len(rule.audiences) == 1:
            start, end = max(rule.starts[0], seat.start), min(rule.ends[0], seat.end)
            required = between(shape.in_audience(rule.audiences[0]), start, end)
        else:
            required = rule.tenure([shape.in_audience(number) for number in rule.audiences]).required
            required = between(required, seat.start, seat.end)
        return difference(required, exempt) if exempt else required

    def exempt(self, seat: Seat, rule: Rule) -> Days:
        """The days on which the engagement is exempt from the requirement."""
        if not self.exemptions:
            return NEVER
        found = self.exemptions.get((seat.id, rule.id), ())
        return join((start_of(one.starts_on), end_of(one.ends_on)) for one in found)

    def plain_met(self, rule: Rule, tenure: Tenure, ledger: Ledger) -> Days:
        """The days of Met, taken without extensions."""
        pieces = tenure.pieces
        if len(pieces) == 1 or rule.measures_alike:
            return _measured(rule, pieces[-1], ledger)
        met = NEVER
        for piece in pieces:
            met = union(met, between(_measured(rule, piece, ledger), piece.start, piece.end))
        return met

    def lengthenings(self, seat: Seat, rule: Rule, plain_met: Days) -> list[Lengthening]:
        """What each extension adds to Met: nothing unless Met and the scope share a day in good time."""
        found = []
        for one in self.extensions.get(rule.id, ()):
            start, until = one.starts_on.toordinal(), one.until.toordinal()
            shared = between(intersection(plain_met, self.scope_days(one, seat)), start, until)
            if shared:
                found.append(Lengthening(one, shared[0], run(shared[0] + 1, until + 1)))
        return found

    def case(self, seat: Seat, rule: Rule, ledger: Ledger | None = None) -> Case:
        """The case of an engagement and a requirement; by another ledger if one is given."""
        exempt = self.exempt(seat, rule) if self.exemptions else NEVER
        if rule.keeps_starters:
            tenure = self._tenure(seat, rule, exempt)
            required = tenure.required
        else:
            tenure = rule.usual
            required = self._required(seat, rule, exempt)
        met = self.plain_met(rule, tenure, ledger or seat.ledger)
        if self.extensions:
            for one in self.lengthenings(seat, rule, met):
                met = union(met, one.added)
        paused = NEVER
        if seat.pauses:
            leave = join((one.starts_on.toordinal(), end_of(one.ends_on)) for one in seat.pauses)
            paused = intersection(required, leave)
        grace = _grace(rule, required, tenure.reigns, seat.pauses)
        return Case(seat.id, rule.id, required, paused, met, grace, tenure.notices)


def _measured(rule: Rule, piece: Piece, ledger: Ledger) -> Days:
    """The days of a version's criterion over the records dated before the piece's cutoff."""
    if piece.cutoff < FOREVER:
        ledger = ledger.before(piece.cutoff)
    gauge = rule.gauges[piece.version]
    found = ledger.met.get(gauge)
    if found is None:
        found = ledger.met[gauge] = gauge.days(ledger)
    return found


def _grace(rule: Rule, required: Days, reigns: Reigns, pauses: Sequence[Pause]) -> Days:
    """The first days of each run of Required, and the first days back after each pause."""
    spans = []
    for i in range(0, len(required), 2):
        start, end = required[i], required[i + 1]
        first_due = rule.first_due_days[governing(reigns, start) if len(reigns) > 1 else 0]
        if first_due is not None:
            last = start + first_due
            spans.append((start, last + 1 if last < end else end))
    if not pauses:
        return spans[0] if len(spans) == 1 else join_sorted(spans)
    for pause in pauses:
        back = end_of(pause.ends_on)
        held = run_holding(required, back)
        if held is not None:
            return_days = rule.return_days[governing(reigns, back)]
            spans.append((back, min(held[1], back + return_days + 1)))
    return join(spans)
