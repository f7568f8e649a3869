"""Each kind of criterion, by example: the days it holds, and what would make it hold."""

from datetime import date

import pytest

from preceptor.compliance.requirements.domain.criteria import CRITERIA, read_criterion
from preceptor.compliance.standing.domain.days import ALWAYS, BEGINNING, FOREVER, NEVER, Days
from preceptor.compliance.standing.domain.facts import Dated, Equivalence, Record, RecordStatus
from preceptor.compliance.standing.domain.gauges import Equivalences, gauge_of
from preceptor.compliance.standing.domain.ledger import Ledger, ledger
from preceptor.compliance.standing.domain.steps import Achieve, Hold, Spend

EQUIVALENCES = Equivalences((Equivalence("ils", 1, "bls", 2), Equivalence("als", 2, "bls", 3)))
STATES = (Dated("registered:nmc", date(2020, 1, 1), date(2024, 1, 1)),)


def day(text: str) -> int:
    """The ordinal of a date."""
    return date.fromisoformat(text).toordinal()


def span(first: str, last: str) -> tuple[int, int]:
    """The run from a first day to a last day, both included."""
    return day(first), day(last) + 1


def of(*records: Record) -> Ledger:
    """The ledger of some records and the registration."""
    return ledger(records, STATES, None)


def done(on: str, record_id: str = "x", subject: str = "bls", **more: object) -> Record:
    """A record of basic life support."""
    return Record(record_id, "p1", subject, date.fromisoformat(on), **more)  # type: ignore[arg-type]  # by name


def held(criterion: object, *records: Record) -> Days:
    """The days on which a criterion holds for these records."""
    return gauge_of(read_criterion(criterion), EQUIVALENCES).days(of(*records))


def achieved(months: int | None = 12, **more: object) -> object:
    """An `achieved` criterion of basic life support."""
    return {"achieved": {"subject": "bls", "months": months, **more}}


def test_a_record_counts_from_its_day_until_its_last_valid_day() -> None:
    assert held(achieved(), done("2024-03-15")) == span("2024-03-15", "2025-03-15")
    assert held(achieved(), done("2024-02-29")) == span("2024-02-29", "2025-02-28")
    assert held(achieved(None), done("2024-03-15")) == (day("2024-03-15"), FOREVER)
    assert held(achieved()) == NEVER


def test_records_that_overlap_or_touch_make_one_run() -> None:
    touching = held(achieved(), done("2024-03-15", "a"), done("2025-03-16", "b"))
    apart = held(achieved(), done("2024-03-15", "a"), done("2025-03-17", "b"))

    assert touching == span("2024-03-15", "2026-03-16")
    assert apart == (*span("2024-03-15", "2025-03-15"), *span("2025-03-17", "2026-03-17"))


@pytest.mark.parametrize(
    ("expiry", "expires_on", "last"),
    [
        ("cap", "2024-09-01", "2024-09-01"),
        ("cap", "2026-09-01", "2025-03-15"),
        ("replace", "2024-09-01", "2024-09-01"),
        ("replace", "2026-09-01", "2026-09-01"),
        ("ignore", "2024-09-01", "2025-03-15"),
        ("ignore", "2026-09-01", "2025-03-15"),
    ],
)
def test_a_certificates_own_last_day_caps_replaces_or_is_ignored(expiry: str, expires_on: str, last: str) -> None:
    record = done("2024-03-15", expires_on=date.fromisoformat(expires_on))

    assert held(achieved(expiry=expiry), record) == span("2024-03-15", last)


def test_a_certificate_that_expired_before_its_own_day_counts_on_no_day_whatever_the_expiry() -> None:
    spoilt = done("2024-03-15", expires_on=date(2024, 3, 14))

    assert [held(achieved(expiry=expiry), spoilt) for expiry in ("cap", "replace", "ignore")] == [NEVER, NEVER, NEVER]
    assert held(achieved(), done("2024-03-15", expires_on=date(2024, 3, 15))) == span("2024-03-15", "2024-03-15")


def test_level_and_kind_must_fit() -> None:
    criterion = achieved(level=2, kinds=["course"])

    assert held(criterion, done("2024-03-15", level=1, kind="course")) == NEVER
    assert held(criterion, done("2024-03-15", level=2, kind="log")) == NEVER
    assert held(criterion, done("2024-03-15", level=2)) == NEVER
    assert held(criterion, done("2024-03-15", level=3, kind="course")) == span("2024-03-15", "2025-03-15")


def test_an_equivalent_record_counts_at_the_level_it_is_worth_and_no_further() -> None:
    ils, als_1, als_2 = (
        done("2024-03-15", "a", "ils"),
        done("2024-03-15", "b", "als"),
        done("2024-03-15", "c", "als", level=2),
    )

    assert held(achieved(level=2), ils) == span("2024-03-15", "2025-03-15")
    assert held(achieved(level=3), ils) == NEVER
    assert held(achieved(level=3), als_1) == NEVER
    assert held(achieved(level=3), als_2) == span("2024-03-15", "2025-03-15")


@pytest.mark.parametrize(
    ("renewed_on", "last"),
    [
        ("2025-01-13", "2026-01-13"),
        ("2025-01-14", "2026-03-15"),
        ("2025-03-15", "2026-03-15"),
        ("2025-03-16", "2026-03-16"),
    ],
)
def test_renewing_in_the_last_days_keeps_the_anniversary(renewed_on: str, last: str) -> None:
    days = held(achieved(early_days=60), done("2024-03-15", "a"), done(renewed_on, "b"))

    assert days == span("2024-03-15", last)


def test_a_kept_anniversary_is_kept_again() -> None:
    days = held(achieved(early_days=60), done("2024-03-15", "a"), done("2025-02-01", "b"), done("2026-03-01", "c"))

    assert days == span("2024-03-15", "2027-03-15")


def test_two_records_of_one_day_do_not_renew_each_other() -> None:
    assert held(achieved(1, early_days=27), done("2024-03-15", "a"), done("2024-03-15", "b")) == span(
        "2024-03-15", "2024-04-15"
    )


def test_a_count_holds_while_enough_records_are_recent_enough() -> None:
    criterion = {"count": {"subject": "bls", "at_least": 2, "months": 12}}
    records = done("2024-01-10", "a"), done("2024-06-10", "b"), done("2025-03-10", "c")

    assert held(criterion, *records) == (*span("2024-06-10", "2025-01-10"), *span("2025-03-10", "2025-06-10"))
    assert held(criterion, done("2024-01-10", "a"), done("2024-01-10", "b")) == span("2024-01-10", "2025-01-10")
    assert held({"count": {"subject": "bls", "at_least": 2, "months": None}}, *records) == (day("2024-06-10"), FOREVER)


def test_hours_add_up_within_the_window_and_so_do_the_participatory_ones() -> None:
    eight = {"hours": {"subjects": ["bls", "sg"], "minutes": 480, "months": 36}}
    half = {"hours": {"subjects": ["bls", "sg"], "minutes": 480, "participatory_minutes": 240, "months": 36}}
    five = done("2022-05-01", "a", minutes=300)
    three = done("2024-09-01", "b", "sg", minutes=180, participatory=True)
    one = done("2024-10-01", "c", minutes=60, participatory=True)

    assert held(eight, five, three) == span("2024-09-01", "2025-05-01")
    assert held(half, five, three) == NEVER
    assert held(half, five, three, one) == span("2024-10-01", "2025-05-01")
    assert held({"hours": {"subjects": ["bls"], "minutes": 0, "months": 1}}) == ALWAYS


def test_a_state_holds_on_its_days() -> None:
    assert held({"state": {"state": "registered:nmc"}}) == span("2020-01-01", "2023-12-31")
    assert held({"state": {"state": "registered:gmc"}}) == NEVER


def test_all_of_any_of_and_first_then() -> None:
    registered = {"state": {"state": "registered:nmc"}}
    trained = achieved()
    updated = achieved(6, kinds=["log"])
    records = done("2023-06-01", "a", kind="course"), done("2025-03-01", "b", kind="log")

    assert held({"all_of": [registered, trained]}, *records) == span("2023-06-01", "2023-12-31")
    assert held({"any_of": [registered, trained]}, *records) == (
        *span("2020-01-01", "2024-06-01"),
        *span("2025-03-01", "2026-03-01"),
    )
    assert held({"first_then": {"first": achieved(1, kinds=["course"]), "then": updated}}, *records) == (
        *span("2023-06-01", "2023-07-01"),
        *span("2025-03-01", "2025-09-01"),
    )
    assert held({"first_then": {"first": achieved(1, level=9), "then": updated}}, *records) == NEVER


def test_only_accepted_records_that_are_not_withdrawn_count() -> None:
    pending, refused = done("2024-03-15", status=RecordStatus.PENDING), done("2024-03-15", status=RecordStatus.REFUSED)

    assert [held(achieved(), one) for one in (pending, refused)] == [NEVER, NEVER]


WAYS: dict[str, tuple[object, tuple[tuple[object, ...], ...]]] = {
    "achieved": (achieved(level=2, kinds=["course"]), ((Achieve("bls", 2, ("course",), date(2024, 11, 22)),),)),
    "count": (
        {"count": {"subject": "bls", "at_least": 3, "months": None}},
        ((Achieve("bls", 1, None, None, 2),),),
    ),
    "hours": (
        {"hours": {"subjects": ["bls"], "minutes": 480, "participatory_minutes": 100, "months": 36}},
        ((Spend(("bls",), 1, 420, 100, date(2022, 11, 22)),),),
    ),
    "state": ({"state": {"state": "registered:nmc"}}, ((Hold("registered:nmc"),),)),
    "all_of": (
        {"all_of": [achieved(), {"state": {"state": "registered:nmc"}}]},
        ((Achieve("bls", 1, None, date(2024, 11, 22)), Hold("registered:nmc")),),
    ),
    "any_of": (
        {"any_of": [{"all_of": [achieved(), achieved(24)]}, {"state": {"state": "registered:nmc"}}]},
        ((Hold("registered:nmc"),), (Achieve("bls", 1, None, date(2024, 11, 22)),)),
    ),
    "first_then": (
        {"first_then": {"first": achieved(1), "then": {"state": {"state": "registered:nmc"}}}},
        ((Hold("registered:nmc"),), (Achieve("bls", 1, None, date(2025, 10, 22)),)),
    ),
}


def test_every_kind_has_its_ways() -> None:
    assert sorted(WAYS) == sorted(CRITERIA)


@pytest.mark.parametrize("key", WAYS)
def test_the_ways_to_meet_a_criterion_say_what_is_missing(key: str) -> None:
    criterion, ways = WAYS[key]
    records = of(done("2024-03-15", minutes=60))

    found = gauge_of(read_criterion(criterion), EQUIVALENCES).ways(records, day("2025-11-22"))

    assert sorted(found, key=repr) == sorted(ways, key=repr)


def test_what_is_met_needs_nothing() -> None:
    gauge = gauge_of(read_criterion(achieved()), EQUIVALENCES)

    assert gauge.ways(of(done("2024-03-15")), day("2024-11-22")) == ((),)


def test_states_without_a_start_or_an_end_are_open() -> None:
    always = ledger((), (Dated("enrolled:pcpep"), Dated("registered:nmc", None, date(2024, 1, 1))), None)

    assert always.held("enrolled:pcpep") == ALWAYS
    assert always.held("registered:nmc") == (BEGINNING, day("2024-01-01"))
