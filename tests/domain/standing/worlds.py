"""Small random worlds that reach every construct of the world file (standing.md, section 9).

Dates come from few months with their ends, a leap day among them, so that edges fall on, beside and across each other.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeAlias

from hypothesis import strategies as st

from .oracle import months_after

Json: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

ANCHORS = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-15", "2024-03-31", "2024-05-01", "2024-06-30",
        "2024-08-31", "2024-11-30", "2025-01-01", "2025-01-31", "2025-02-28", "2025-03-31", "2025-06-30",
    )
)  # fmt: skip
MOMENTS = tuple(
    datetime(year, month, day, hour, tzinfo=UTC)
    for year, month, day, hour in (
        (2023, 12, 1, 0), (2024, 2, 29, 12), (2024, 3, 31, 23), (2024, 7, 1, 0), (2024, 12, 31, 23), (2025, 3, 1, 0),
    )
)  # fmt: skip
SUBJECTS = ("bls", "fire", "ipc")
OFTEN = ("bls", "bls", "bls", "fire", "ipc")
RECORD_KINDS = ("course", "assessment", "sign-off")
STATES = ("registered:nmc", "enrolled:pcpep")
ROLES = ("nurse", "receptionist")
GROUPS = ("nursing", "admin")
ENGAGEMENT_KINDS = ("employed", "locum")
TASKS = ("chaperone", "ipc-lead")
SYSTEMS = ("emis", "systmone")
SERVICES = ("triage", "records-access")
ORGANISATIONS = ("A81001", "A81002", "U10000", "QHM")
ALWAYS = {"from": "2023-11-01", "to": None}
NEVER = st.none()


@cache
def days() -> st.SearchStrategy[date]:
    """Days on, beside and seldom between the anchors."""
    near = st.builds(
        lambda anchor, step: anchor + timedelta(step), st.sampled_from(ANCHORS), st.sampled_from((0, 1, -1, 2))
    )
    return st.one_of(st.sampled_from(ANCHORS), near, near, st.dates(ANCHORS[0], ANCHORS[-1]))


@cache
def moments() -> st.SearchStrategy[datetime]:
    """Moments at which facts are learned, and asked about: often the very same."""
    return st.sampled_from(MOMENTS)


def among(*choices: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of several strategies, each as likely as it is often named (`one_of` would weigh their branches)."""
    return st.sampled_from(choices).flatmap(lambda chosen: chosen)


@cache
def one_or_two(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """A list for "one of …", never empty."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def seldom(strategy: st.SearchStrategy[Any], usual: st.SearchStrategy[Any] = NEVER) -> st.SearchStrategy[Any]:
    """The usual, and now and then something else."""
    return among(usual, usual, strategy)


@cache
@st.composite
def periods(draw: Draw, *, open_start: bool = False) -> Json:
    """A period that is not empty, as `from` and `to`."""
    begins = draw(days())
    ends = draw(st.one_of(st.none(), days(), st.integers(1, 40).map(lambda length: begins + timedelta(length))))
    if ends is not None and ends <= begins:
        begins, ends = (ends, begins) if ends < begins else (begins, None)
    start = None if open_start and draw(st.integers(0, 3)) == 0 else begins.isoformat()
    return {"from": start, "to": None if ends is None else ends.isoformat()}


@cache
def dated(values: tuple[str, ...], *, most: int = 2) -> st.SearchStrategy[list[Json]]:
    """Dated values; the same one may come twice and overlap itself."""
    pair = st.builds(
        lambda value, period: {"value": value, **period}, st.sampled_from(values), periods(open_start=True)
    )
    return st.lists(pair, max_size=most)


@cache
@st.composite
def stamps(draw: Draw, recorded: str = "recorded_at", *, withdrawable: bool = True) -> Json:
    """When a fact was learned and withdrawn; often neither is said."""
    found: Json = {}
    learned = draw(seldom(moments()))
    if learned is not None:
        found[recorded] = learned.isoformat().replace("+00:00", "Z")
    if withdrawable and draw(st.integers(0, 4)) == 4:
        gone = draw(moments())
        if learned is None or gone > learned:
            found["withdrawn_at"] = gone.isoformat()
    return found


@cache
def leaves_of_audience() -> st.SearchStrategy[Json]:
    """One audience node without combinators."""
    choices = {
        "role": ROLES, "staff_group": GROUPS, "kind": ENGAGEMENT_KINDS, "task": TASKS, "person": ("p1", "p2"),
        "at": ORGANISATIONS, "system": SYSTEMS, "service": SERVICES,
    }  # fmt: skip
    return st.one_of([st.fixed_dictionaries({name: one_or_two(values)}) for name, values in choices.items()])


def combined(names: tuple[str, ...], parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """A node that combines parts, by one of several names."""
    lists = st.lists(parts, min_size=1, max_size=2)
    return st.one_of([st.fixed_dictionaries({name: lists}) for name in names])


@cache
def audiences() -> st.SearchStrategy[Any]:
    """Everyone, or a tree of at most two combinators on any path."""
    leaf = leaves_of_audience()
    once = st.one_of(combined(("all", "any"), leaf), st.fixed_dictionaries({"not": leaf}))
    part = st.one_of(leaf, once)
    twice = st.one_of(combined(("all", "any"), part), st.fixed_dictionaries({"not": part}))
    everyone = st.just("everyone")
    return among(everyone, everyone, everyone, leaf, twice)


@cache
def spans() -> st.SearchStrategy[int | None]:
    """A number of months, or for ever."""
    return st.sampled_from((12, 6, 3, 2, 1, 13, None))


@cache
@st.composite
def achieved(draw: Draw) -> Json:
    """An `achieved` criterion."""
    months = draw(spans())
    value: Json = {"subject": draw(st.sampled_from(OFTEN)), "months": months}
    if draw(st.integers(0, 2)) == 0:
        value["level"] = draw(st.integers(1, 3))
    value |= draw(st.fixed_dictionaries({}, optional={"expiry": st.sampled_from(("cap", "replace", "ignore"))}))
    if draw(st.integers(0, 4)) == 0:
        value["kinds"] = draw(one_or_two(RECORD_KINDS))
    if months is not None and draw(st.booleans()):
        value["early_days"] = draw(
            st.one_of(st.integers(0, 60), st.just(28 * months - 1)).map(lambda days: min(days, 28 * months - 1))
        )
    return {"achieved": value}


@cache
@st.composite
def counts(draw: Draw) -> Json:
    """A `count` criterion."""
    value: Json = {
        "subject": draw(st.sampled_from(OFTEN)),
        "at_least": draw(st.integers(1, 3)),
        "months": draw(spans()),
        "level": draw(st.sampled_from((1, 1, 2))),
    }
    if draw(st.integers(0, 4)) == 0:
        value["kinds"] = draw(one_or_two(RECORD_KINDS))
    return {"count": value}


@cache
@st.composite
def hours(draw: Draw) -> Json:
    """An `hours` criterion."""
    value: Json = {
        "subjects": draw(one_or_two(SUBJECTS)),
        "level": draw(st.sampled_from((1, 1, 2))),
        "minutes": draw(st.sampled_from((30, 60, 90, 120, 0))),
        "months": draw(spans()),
    }
    if draw(st.booleans()):
        value["participatory_minutes"] = draw(st.sampled_from((0, 30, 60)))
    return {"hours": value}


@cache
def criteria() -> st.SearchStrategy[Json]:
    """A criterion of at most two combinators on any path."""
    state = st.fixed_dictionaries({"state": st.fixed_dictionaries({"state": st.sampled_from(STATES)})})
    leaf = among(achieved(), achieved(), achieved(), counts(), hours(), state)

    def over(part: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        ordered = st.fixed_dictionaries({"first_then": st.fixed_dictionaries({"first": part, "then": part})})
        return st.one_of(combined(("all_of", "any_of"), part), ordered)

    return among(leaf, leaf, leaf, over(leaf), over(among(leaf, over(leaf))))


@cache
def transitions() -> st.SearchStrategy[Json]:
    """How a version takes over from the one before."""
    return st.one_of(
        st.sampled_from((0, 1, 28, 60)).map(lambda length: {"at_once": {"grace_days": length}}),
        st.just({"at_once": {}}),
        st.just({"at_renewal": {}}),
        st.just({"new_starters": {}}),
        st.just({"new_starters": {}}),
    )


@cache
@st.composite
def versions(draw: Draw, begins: date) -> Json:
    """One version from a day on."""
    ends = draw(seldom(st.integers(1, 300).map(lambda length: (begins + timedelta(length)).isoformat())))
    version: Json = {
        "from": begins.isoformat(),
        "to": ends,
        "audience": draw(audiences()),
        "met_by": draw(criteria()),
        "first_due_days": draw(st.sampled_from((30, None, 0, 1, 90))),
        "transition": draw(transitions()),
        **draw(stamps("published_at", withdrawable=False)),
    }
    more: Json = draw(
        st.fixed_dictionaries(
            {},
            optional={"notice_days": st.sampled_from((0, 1, 30, 90)), "return_days": st.sampled_from((0, 1, 14, 45))},
        )
    )
    return {**version, **more}


@cache
@st.composite
def requirements(draw: Draw, name: str) -> Json:
    """A requirement with one to four versions, which often differ in one thing only."""
    count = draw(st.sampled_from((1, 1, 2, 2, 3, 4)))
    starts = sorted(draw(st.lists(days(), min_size=count, max_size=count, unique=True)))
    if draw(st.booleans()):
        starts[0] = ANCHORS[0] - timedelta(1)
    chain: list[Json] = []
    for begins in starts:
        version = draw(versions(begins))
        if chain and draw(st.booleans()):
            kept = draw(st.sampled_from(("audience", "met_by", "to")))
            value = chain[-1][kept] if kept != "to" else None
            version[kept] = value
        if chain and draw(st.integers(0, 2)) == 0 and chain[-1]["to"] is not None:
            chain[-1]["to"] = begins.isoformat()
        chain.append(version)
    return {"id": name, "versions": chain}


@cache
@st.composite
def records(draw: Draw, name: str) -> Json:
    """A record of the first or the second person, mostly the first."""
    on = draw(days())
    expires = draw(
        st.one_of(st.none(), st.none(), days(), st.integers(-1, 500).map(lambda length: on + timedelta(length)))
    )
    record: Json = {
        "id": name,
        "person": draw(st.sampled_from(("p1", "p1", "p1", "p1", "p2"))),
        "subject": draw(st.sampled_from(OFTEN)),
        "on": on.isoformat(),
        "expires_on": None if expires is None else expires.isoformat(),
        **draw(stamps()),
    }
    more: Json = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "level": st.integers(1, 3),
                "kind": st.sampled_from(RECORD_KINDS),
                "minutes": st.sampled_from((30, 60, 90)),
                "participatory": st.booleans(),
                "status": st.sampled_from(("accepted", "accepted", "accepted", "pending", "refused")),
            },
        )
    )
    return {**record, **more}


@cache
def equivalences() -> st.SearchStrategy[Json]:
    """One subject at a level counting as another, which may in turn count as a third."""
    return st.fixed_dictionaries(
        {
            "subject": st.sampled_from(SUBJECTS),
            "level": st.integers(1, 2),
            "counts_as": st.sampled_from(SUBJECTS),
            "counts_as_level": st.integers(1, 3),
        }
    )


@cache
@st.composite
def adjustments(draw: Draw, engagements: tuple[str, ...], names: tuple[str, ...]) -> Json:
    """An exemption, a pause or an extension."""
    kind = draw(st.sampled_from(("exemption", "pause", "pause", "extension")))
    known = draw(stamps())
    if kind == "extension":
        begins = draw(days())
        until = begins + timedelta(draw(st.sampled_from((1, 30, 90, 200))))
        extension: Json = {
            "kind": kind,
            "requirements": draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)),
            "from": begins.isoformat(),
            "until": until.isoformat(),
            **known,
        }
        scope = draw(seldom(audiences()))
        return extension if scope is None else {**extension, "scope": scope}
    found: Json = {"kind": kind, "engagement": draw(st.sampled_from(engagements)), **draw(periods()), **known}
    if kind == "exemption":
        found["requirement"] = draw(st.sampled_from(names))
    return found


@cache
@st.composite
def organisations(draw: Draw) -> list[Json]:
    """Two practices with changing parents, systems and services, a PCN and an ICB."""
    found = [
        {
            "id": name,
            "kind": "practice",
            "parents": draw(dated(("U10000", "QHM"))),
            "systems": draw(dated(SYSTEMS)),
            "services": draw(dated(SERVICES)),
        }
        for name in ORGANISATIONS[:2]
    ]
    return [
        *found,
        {
            "id": "U10000",
            "kind": "pcn",
            "parents": draw(seldom(dated(("QHM",)), st.just([{"value": "QHM", **ALWAYS}]))),
        },
        {"id": "QHM", "kind": "icb"},
    ]


@st.composite
def renewed(draw: Draw, months: int, early: int) -> list[date]:
    """Days of renewals, each on or beside an edge of the window of the one before."""
    on = draw(st.sampled_from(ANCHORS[:7]))
    lapses = months_later(on, months)
    found = [on]
    for _ in range(draw(st.sampled_from((3, 2, 1, 4)))):
        on = lapses - timedelta(draw(st.sampled_from((early, 0, early + 1, early - 1, -1, 1, -40))))
        on = max(on, found[-1] + timedelta(draw(st.sampled_from((0, 1)))))
        kept = months_later(lapses, months)
        lapses = kept if draw(st.booleans()) else months_later(on, months)
        found.append(on)
    return [day for day in found if day.year < 2200]


def months_later(day: date, months: int) -> date:
    """A day so many months later, the day of the month kept where there is one."""
    return date.fromordinal(months_after(day.toordinal(), months))


@cache
@st.composite
def renewing_worlds(draw: Draw) -> Json:
    """A world about one chain of renewals: their edges, certificates, decrees and changes of rule among them."""
    world: Json = draw(wild_worlds())
    months = draw(st.sampled_from((1, 2, 3, 6, 12)))
    early = min(draw(st.sampled_from((28, 60, 10, 0))), 28 * months - 1)
    dates = draw(renewed(months, early))
    chain = [{**draw(records(f"x{number}")), "person": "p1", "subject": "bls"} for number in range(len(dates))]
    plain = draw(st.integers(0, 3)) != 0
    for record, on in zip(chain, dates, strict=True):
        record["on"] = on.isoformat()
        if plain:
            record |= {"status": "accepted", "withdrawn_at": None}
        if record["expires_on"] is not None:
            near = draw(st.sampled_from((months_later(on, months), *dates)))
            record["expires_on"] = (near + timedelta(draw(st.sampled_from((0, 1, -1, 20, -20))))).isoformat()
    for requirement in world["requirements"]:
        move_a_start(requirement["versions"], draw(st.sampled_from(dates)))
    rules = [version for requirement in world["requirements"] for version in requirement["versions"]]
    for version in rules:
        version["met_by"] = draw(among(st.just(version["met_by"]), renewals(months, early), renewals(months, early)))
    if plain:
        world["engagements"][0] |= {"person": "p1", **ALWAYS}
        rules[0] |= {"audience": "everyone"}
    decrees = draw(st.lists(near_extensions(tuple(dates), months), max_size=2))
    return {**world, "records": chain, "adjustments": [*world["adjustments"], *decrees]}


def move_a_start(chain: list[Json], day: date) -> None:
    """Let the last version start on a day, if that keeps the order."""
    if len(chain) > 1 and chain[-2]["from"] < day.isoformat():
        chain[-1]["from"] = day.isoformat()
        if chain[-1]["to"] is not None and chain[-1]["to"] <= chain[-1]["from"]:
            chain[-1]["to"] = None


@cache
def renewals(months: int, early: int) -> st.SearchStrategy[Json]:
    """Criteria that a chain of renewals is about, the rule itself mostly, or one a little unlike it."""
    plain: Json = {"subject": "bls", "months": months, "early_days": early}
    expiry = among(st.just({}), st.sampled_from(("cap", "replace", "ignore")).map(lambda how: {"expiry": how}))
    other = st.sampled_from(({}, {}, {"months": 2 * months}, {"early_days": max(0, early - 1)}, {"level": 2}))
    single = st.builds(lambda more, how: {"achieved": {**plain, **more, **how}}, other, expiry)
    counted = st.just({"count": {"subject": "bls", "at_least": 2, "months": 2 * months}})
    hours_spent = {"subjects": ["bls"], "minutes": 90, "participatory_minutes": 60, "months": 2 * months}
    spent = st.just({"hours": hours_spent})
    return among(single, single, single, counted, spent)


@cache
@st.composite
def near_extensions(draw: Draw, dates: tuple[date, ...], months: int) -> Json:
    """An extension that begins or ends on or beside a day on which something lapses."""
    lapse = months_later(draw(st.sampled_from(dates)), months)
    begins = lapse - timedelta(draw(st.sampled_from((20, 0, 1, -1, 200))))
    until = max(begins + timedelta(1), lapse + timedelta(draw(st.sampled_from((30, 1, 0, 120)))))
    extension: Json = {
        "kind": "extension",
        "requirements": ["r1"],
        "from": begins.isoformat(),
        "until": until.isoformat(),
    }
    scope = draw(seldom(audiences()))
    return {**extension, **draw(stamps()), **({} if scope is None else {"scope": scope})}


@cache
def worlds() -> st.SearchStrategy[Json]:
    """Valid world documents: half of them about anything, half about renewing."""
    return among(wild_worlds(), renewing_worlds())


@cache
@st.composite
def wild_worlds(draw: Draw) -> Json:
    """A valid world document about anything."""
    people: list[Json] = [{"id": name, "states": draw(dated(STATES))} for name in ("p1", "p2")]
    engagement_names = ("e1", "e2", "e3")[: draw(st.integers(1, 3))]
    engagements = [
        {
            "id": name,
            "person": draw(st.sampled_from(("p1", "p1", "p1", "p1", "p2"))),
            "organisation": draw(st.sampled_from(ORGANISATIONS[:2])),
            "role": draw(st.sampled_from(ROLES)),
            "staff_group": draw(st.sampled_from(GROUPS)),
            "kind": draw(st.sampled_from(ENGAGEMENT_KINDS)),
            "tasks": draw(dated(TASKS)),
            **draw(among(st.just(ALWAYS), st.just(ALWAYS), periods())),
        }
        for name in engagement_names
    ]
    names = ("r1", "r2")[: draw(st.integers(1, 2))]
    return {
        "organisations": draw(organisations()),
        "people": people,
        "engagements": engagements,
        "records": [draw(records(f"x{number}")) for number in range(draw(st.sampled_from((4, 6, 8, 2, 1, 0))))],
        "equivalences": draw(st.lists(equivalences(), max_size=2)),
        "requirements": [draw(requirements(name)) for name in names],
        "adjustments": draw(st.lists(adjustments(engagement_names, names), max_size=4)),
    }
