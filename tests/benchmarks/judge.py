"""How many verdicts a second the judge gives: `python -m tests.benchmarks.judge`.

The world is made from the starter catalogue: its requirements, equivalences and roles, with people who have ten to
forty records each over five years, more or less on time. A verdict is one (engagement, requirement) pair judged on one
day.

Each run starts from facts alone: a new judge, and nothing remembered from the run before. Seconds are of the processor,
one core of it, so that others on the machine count little. Two rates are given for the same work: by all pairs, and by
only those that turned out to be needed, for which a verdict was made; then one of making a verdict of every pair.
"""

import gc
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from preceptor.compliance.requirements.domain.catalogue import Catalogue, read_catalogue
from preceptor.compliance.requirements.domain.criteria import Achieved, Count, Criterion, Hours
from preceptor.compliance.requirements.domain.versions import Requirement
from preceptor.compliance.standing.domain import days
from preceptor.compliance.standing.domain.facts import (
    Dated,
    Engagement,
    Equivalence,
    Organisation,
    Person,
    Record,
    World,
)
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.foundation import dates

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 22)
BUDGET = 150_000
RUNS = 15
SIZES = ((35, 1), (150, 6))


def catalogue() -> Catalogue:
    """The starter catalogue."""
    return read_catalogue({str(path.relative_to(DATA)): path.read_text() for path in sorted(DATA.rglob("*.yaml"))})


def world(book: Catalogue, people: int, practices: int) -> World:
    """A world of so many people at so many practices of one network, the same every time."""
    chance = random.Random(people)
    engagements = [_engagement(book, chance, number, practices) for number in range(people)]
    requirements = tuple(
        Requirement(one.key, tuple(v.rule for v in one.versions), one.title) for one in book.requirements
    )
    empty = World(
        organisations=(
            Organisation("U10000", "pcn"),
            *(_practice(book, chance, number) for number in range(practices)),
        ),
        people=tuple(Person(one.person, _states(book, chance)) for one in engagements),
        engagements=tuple(engagements),
        equivalences=tuple(Equivalence(e.subject, e.level, e.counts_as, e.counts_as_level) for e in book.equivalences),
        requirements=requirements,
    )
    asked = _asked(empty)
    return replace(empty, records=tuple(r for one in engagements for r in _records(chance, one, asked[one.id])))


def _asked(empty: World) -> dict[str, list[Criterion]]:
    """What each engagement needs records for."""
    found: dict[str, list[Criterion]] = {one.id: [] for one in empty.engagements}
    criteria = {one.id: one.versions[-1].met_by for one in empty.requirements}
    for verdict in Judge(empty).verdicts(TODAY):
        found[verdict.engagement] += [leaf for _, leaf in criteria[verdict.requirement].leaves() if leaf.subjects()]
    return found


def _practice(book: Catalogue, chance: random.Random, number: int) -> Organisation:
    system = chance.choice(["emis-web", "systmone"])
    services = tuple(Dated(one.key) for one in book.services if chance.random() < 0.7)
    return Organisation(f"A8100{number}", "practice", (Dated("U10000"),), (Dated(system),), services)


def _states(book: Catalogue, chance: random.Random) -> tuple[Dated, ...]:
    return tuple(Dated(one.key, date(2018, 1, 1)) for one in book.states if chance.random() < 0.1)


def _engagement(book: Catalogue, chance: random.Random, number: int, practices: int) -> Engagement:
    common = [role for role in book.roles if role.key in COMMON]
    role = chance.choice(common if chance.random() < 0.8 else book.roles)
    tasks = tuple(Dated(one.key, date(2022, 1, 1)) for one in book.tasks if chance.random() < 0.05)
    return Engagement(
        id=f"e{number:03}",
        person=f"p{number:03}",
        organisation=f"A8100{number % practices}",
        starts_on=date(2016, 1, 1) + timedelta(chance.randrange(3600)),
        role=role.key,
        staff_group=role.staff_group,
        kind=chance.choice(["employed", "employed", "employed", "partner", "locum"]),
        tasks=tasks,
    )


COMMON = {"gp-partner", "salaried-gp", "practice-nurse", "health-care-assistant", "receptionist", "practice-manager"}


def _records(chance: random.Random, engagement: Engagement, asked: list[Criterion]) -> list[Record]:
    """Records over five years, each subject renewed more or less when it runs out; a few subjects are never begun."""
    found: list[Record] = []
    most = chance.randrange(10, 41)
    for leaf in chance.sample(asked, len(asked)):
        on = TODAY - timedelta(chance.randrange(5 * 365))
        while on <= TODAY and chance.random() < 0.9 and len(found) < most:
            found.append(_record(chance, f"{engagement.id}-{len(found):02}", engagement.person, leaf, on))
            on += timedelta(_interval(leaf) * 30 + chance.randrange(-50, 30))
    return found


def _interval(leaf: Criterion) -> int:
    months = leaf.months if isinstance(leaf, Achieved | Count | Hours) else None
    return 12 if months is None else max(2, months)


def _record(chance: random.Random, record_id: str, person: str, leaf: Criterion, on: date) -> Record:
    kinds = leaf.kinds if isinstance(leaf, Achieved | Count) else None
    level = leaf.level if isinstance(leaf, Achieved | Count | Hours) else 1
    return Record(
        id=record_id,
        person=person,
        subject=leaf.subjects()[0],
        on=on,
        level=level,
        kind=kinds[0] if kinds else chance.choice(["course", "elearning"]),
        minutes=chance.choice([30, 60, 120]),
        participatory=chance.random() < 0.3,
        expires_on=dates.add_months(on, 12) if chance.random() < 0.3 else None,
    )


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """The median seconds of several runs, each from nothing, and what the work returned."""
    seconds = []
    result = 0
    for _ in range(RUNS):
        dates.months_later.cache_clear()
        days.as_date.cache_clear()
        gc.collect()
        started = process_time()
        result = work()
        seconds.append(process_time() - started)
    return median(seconds), result


def measured(facts: World) -> float:
    """Prints the rates for one world, and returns the rate by all pairs."""
    pairs = len(facts.engagements) * len(facts.requirements)
    seconds, needed = timed(lambda: len(Judge(facts).verdicts(TODAY)))
    every, _ = timed(lambda: len(Judge(facts).verdicts(TODAY, not_needed=True)))
    print(f"{len(facts.people)} people, {len(facts.records):,} records, {len(facts.requirements)} requirements")
    print(f"  {pairs:,} pairs, {needed:,} of them needed, in {seconds * 1000:.1f} ms (median of {RUNS})")
    print(f"  {pairs / seconds:>9,.0f} verdicts a second, by all pairs")
    print(f"  {needed / seconds:>9,.0f} verdicts a second, by needed pairs alone")
    print(f"  {pairs / every:>9,.0f} verdicts a second, when a verdict of every pair is made")
    return pairs / seconds


def main() -> int:
    """Measures each size of world, and fails when the budget is broken."""
    book = catalogue()
    slowest = min(measured(world(book, people, practices)) for people, practices in SIZES)
    print(f"budget: {BUDGET:,} a second by all pairs, {'kept' if slowest >= BUDGET else 'BROKEN'}")
    return 0 if slowest >= BUDGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
