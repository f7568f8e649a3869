"""A requirement made ready for judging: its versions as known, and how each takes over from the one before."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from preceptor.compliance.requirements.domain.audience import Audience, PersonIs, named
from preceptor.compliance.requirements.domain.criteria import Criterion
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters
from preceptor.compliance.requirements.domain.versions import Requirement, Version

from .audiences import InAudience, in_audience
from .days import ALWAYS, BEGINNING, FOREVER, NEVER, Days, between, end_of, run_holding, union
from .facts import World, known
from .gauges import Equivalences, Gauge, gauge_of
from .verdicts import Notices

# From which day on which version governs, by day; the first entry begins at BEGINNING.
Reigns: TypeAlias = tuple[tuple[int, int], ...]


class Piece(NamedTuple):
    """Where a version's criterion is part of Met: on the days [start, end), over records dated before `cutoff`."""

    version: int
    cutoff: int
    start: int
    end: int


class Tenure(NamedTuple):
    """What the versions make of one engagement: the days required, who governs when, and what Met is made of."""

    required: Days
    reigns: Reigns
    pieces: tuple[Piece, ...]
    notices: Notices = ()


class Rule:
    """The known versions of a requirement, each with its gauge and the number of its audience in the rulebook.

    Inside the judge a version goes by its place among the known ones; `numbers` gives its place in the requirement's
    own list.
    """

    __slots__ = (
        "audiences",
        "ends",
        "first_due_days",
        "gauges",
        "id",
        "index",
        "keeps_starters",
        "measures_alike",
        "numbers",
        "requirement",
        "return_days",
        "starts",
        "terms",
        "usual",
        "versions",
    )

    def __init__(self, index: int, requirement: Requirement, book: Rulebook) -> None:
        self.index = index
        self.requirement = requirement
        self.id = requirement.id
        seen = [one for one in enumerate(requirement.versions) if known(one[1].published_at, None, book.known_at)]
        self.versions: tuple[Version, ...] = tuple(version for _, version in seen)
        self.numbers = tuple(number for number, _ in seen)
        self.gauges: tuple[Gauge, ...] = tuple(book.gauge(version.met_by) for version in self.versions)
        self.audiences = tuple(book.number(version.audience) for version in self.versions)
        self.starts = tuple(version.starts_on.toordinal() for version in self.versions)
        self.ends = tuple(end_of(version.ends_on) for version in self.versions)
        self.first_due_days = tuple(version.first_due_days for version in self.versions)
        self.return_days = tuple(version.return_days for version in self.versions)
        self.keeps_starters = any(isinstance(version.transition, NewStarters) for version in self.versions[1:])
        # One criterion throughout, and no version that looks at some records alone: Met is the same whoever governs.
        self.measures_alike = len(set(self.gauges)) == 1 and not any(
            isinstance(version.transition, AtRenewal) for version in self.versions[1:]
        )
        # Rules alike in all a tenure is made of, but for whom they ask, have one number for it: most skills do.
        taking_over = tuple((one.transition, one.notice_days) for one in self.versions)
        self.terms = book.alike((self.starts, self.ends, taking_over))
        # The tenure of one in every audience: but for the days required it is everybody's, if no starters are kept.
        self.usual = self.tenure([ALWAYS] * len(self.versions))

    def tenure(self, audiences: Sequence[Days]) -> Tenure:
        """The tenure of an engagement, given for each version the days on which it is in the audience.

        With `new_starters` anywhere these must be the engagement's own days, its period and exemptions applied.
        Otherwise it makes no difference whether the period and the exemptions are applied before or after.
        """
        if not self.versions:
            return Tenure(NEVER, (), ())
        found = self._through(len(self.versions) - 1, audiences, open_ended=False)
        notices = tuple((start, self.versions[version].notice_days) for start, version in found.reigns)
        return found._replace(notices=notices)

    def in_force(self, day: int) -> int | None:
        """The version in force on a day, if one is."""
        if not self.versions:
            return None
        version = governing(self.usual.reigns, day)
        return version if self.starts[version] <= day < self.ends[version] else None

    def _through(self, last: int, audiences: Sequence[Days], *, open_ended: bool) -> Tenure:
        """The tenure by the versions up to and with `last` only; `open_ended` disregards that version's own end."""
        start = self.starts[last]
        end = FOREVER if open_ended else self.ends[last]
        own = between(audiences[last], start, end)
        if last == 0:
            return Tenure(own, ((BEGINNING, 0),), (Piece(0, FOREVER, BEGINNING, FOREVER),))
        transition = self.versions[last].transition
        stays = isinstance(transition, NewStarters)
        before = self._through(last - 1, audiences, open_ended=stays and self.ends[last - 1] >= start)
        takeover = start
        if stays:
            held = run_holding(before.required, start)
            if held is not None and held[0] < start:
                takeover = min(held[1], end)
        return Tenure(
            union(between(before.required, BEGINNING, takeover), between(own, takeover, FOREVER)),
            (*(reign for reign in before.reigns if reign[0] < takeover), (takeover, last)),
            (*_remaining(before.pieces, transition, takeover), Piece(last, FOREVER, takeover, FOREVER)),
        )


class Rulebook:
    """Every rule by id, in order; like criteria share a gauge and like audiences a number.

    `keeping_starters` are the rules that keep starters, by the numbers of the audiences of their versions.
    """

    __slots__ = (
        "_alike",
        "_asking",
        "_gauges",
        "_numbers",
        "audiences",
        "equivalences",
        "keeping_starters",
        "known_at",
        "rules",
    )

    def __init__(self, world: World, known_at: datetime | None) -> None:
        self.known_at = known_at
        self.equivalences = Equivalences(world.equivalences)
        self._gauges: dict[Criterion, Gauge] = {}
        self._numbers: dict[Audience, int] = {}
        self._asking: dict[int, dict[int, list[Rule]]] = {}
        self._alike: dict[Hashable, int] = {}
        self.audiences: list[InAudience] = []
        in_order = sorted(world.requirements, key=attrgetter("id"))
        self.rules = {one.id: Rule(index, one, self) for index, one in enumerate(in_order)}
        self.keeping_starters: dict[frozenset[int], list[Rule]] = {}
        for rule in self.rules.values():
            if rule.keeps_starters:
                self.keeping_starters.setdefault(frozenset(rule.audiences), []).append(rule)

    def gauge(self, criterion: Criterion) -> Gauge:
        """The gauge of a criterion."""
        found = self._gauges.get(criterion)
        if found is None:
            found = self._gauges[criterion] = gauge_of(criterion, self.equivalences)
        return found

    def number(self, audience: Audience) -> int:
        """The place of an audience in the list of audiences."""
        found = self._numbers.setdefault(audience, len(self.audiences))
        if found == len(self.audiences):
            self.audiences.append(in_audience(audience))
        return found

    def alike(self, terms: Hashable) -> int:
        """The number of some terms, the same for equal ones."""
        return self._alike.setdefault(terms, len(self._alike))

    def asking(self, day: int) -> dict[int, list[Rule]]:
        """The rules in force on a day, but those that keep starters, by the number of the audience they then ask."""
        found = self._asking.get(day)
        if found is None:
            found = self._asking[day] = {}
            for rule in self.rules.values():
                version = None if rule.keeps_starters else rule.in_force(day)
                if version is not None:
                    found.setdefault(rule.audiences[version], []).append(rule)
        return found

    def people_named(self) -> frozenset[str]:
        """Every person that an audience names."""
        return frozenset[str]().union(*(named(audience, PersonIs) for audience in self._numbers))


def _remaining(pieces: tuple[Piece, ...], transition: object, takeover: int) -> list[Piece]:
    """What is left of the earlier versions' Met once a later one takes over."""
    if isinstance(transition, AtRenewal):
        # A record counts on no day before its own, so leaving later records out changes nothing before the takeover.
        return [piece._replace(cutoff=min(piece.cutoff, takeover)) for piece in pieces]
    end = takeover + transition.grace_days if isinstance(transition, AtOnce) else takeover
    return [piece._replace(end=min(piece.end, end)) for piece in pieces if piece.start < end]


def governing(reigns: Reigns, day: int) -> int:
    """The version that governs a day."""
    version = 0
    for start, index in reigns:
        if start > day:
            break
        version = index
    return version
