"""Why a verdict is what it is: every code of an explanation, by example."""

from datetime import date, datetime
from typing import Any, TypeAlias

import pytest

from preceptor.compliance.requirements.domain.audience import Kind, StaffGroup, Task
from preceptor.compliance.standing.domain.explanation import (
    AdjustmentFinding,
    Applies,
    CauseCode,
    Effect,
    Explanation,
    Finding,
    LeafFinding,
    Outcome,
    Span,
)
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, version

Json: TypeAlias = dict[str, Any]


def explained(world: Json, day: str, known_at: str | None = None) -> Explanation:
    """The explanation of the only pair of a small world on a day."""
    moment = None if known_at is None else datetime.fromisoformat(known_at)
    return Judge(read_world(world), moment).explain("e1", "bls", date.fromisoformat(day))


def outcomes(explanation: Explanation) -> dict[str, Outcome]:
    """What each record does."""
    return {one.record.id: one.telling.outcome for one in explanation.records}


def finding_of(explanation: Explanation, record_id: str) -> Finding:
    """What is said of a record."""
    [found] = [one for one in explanation.records if one.record.id == record_id]
    return found.telling


def test_every_record_of_the_subject_is_looked_at_and_each_has_its_reason() -> None:
    rule = version(achieved(level=2, kinds=["course"]), notice_days=0)
    good: Json = {"level": 2, "kind": "course"}
    records = [
        record("2024-06-01", "counts", **good),
        record("2025-06-01", "later", **good),
        record("2020-06-01", "lapsed", **good),
        record("2024-06-02", "low", level=1, kind="course"),
        record("2024-06-03", "log", level=2, kind="log"),
        record("2024-06-04", "pending", status="pending", **good),
        record("2024-06-05", "refused", status="refused", **good),
        record("2024-06-06", "withdrawn", withdrawn_at="2024-07-01T00:00:00Z", **good),
        record("2024-06-07", "unknown", recorded_at="2024-12-01T00:00:00Z", **good),
        record("2024-06-08", "spoilt", expires_on="2024-06-07", **good),
        record("2024-06-09", "other", subject="fire"),
    ]

    found = explained(small_world([rule], records), "2024-11-22", "2024-11-22T12:00:00Z")

    assert outcomes(found) == {
        "counts": Outcome.COUNTS,
        "later": Outcome.STARTS_LATER,
        "lapsed": Outcome.LAPSED,
        "low": Outcome.LEVEL_TOO_LOW,
        "log": Outcome.OTHER_KIND,
        "pending": Outcome.NOT_ACCEPTED,
        "refused": Outcome.NOT_ACCEPTED,
        "withdrawn": Outcome.WITHDRAWN,
        "unknown": Outcome.NOT_YET_KNOWN,
        "spoilt": Outcome.EXPIRED_BEFORE_ITS_DAY,
    }
    assert finding_of(found, "counts").days == Span(date(2024, 6, 1), date(2025, 6, 1))
    assert finding_of(found, "lapsed").days == Span(date(2020, 6, 1), date(2021, 6, 1))
    assert finding_of(found, "low").level_needed == 2
    assert finding_of(found, "log").kinds_needed == ("course",)
    assert [one.record.id for one in found.records][:2] == ["later", "spoilt"]


def test_a_record_that_counts_by_an_equivalence_says_as_what() -> None:
    ils = {"subject": "ils", "level": 2, "counts_as": "bls", "counts_as_level": 2}
    records = [record("2024-06-01", "ils-2", subject="ils", level=2), record("2024-06-01", "ils-1", subject="ils")]
    world = small_world([version(achieved(level=2))], records, equivalences=[ils])

    found = explained(world, "2024-11-22")

    assert finding_of(found, "ils-2").outcome is Outcome.COUNTS
    assert finding_of(found, "ils-2").subject == "bls"
    assert finding_of(found, "ils-1").outcome is Outcome.LEVEL_TOO_LOW
    assert finding_of(found, "ils-1").level_needed == 2


def test_renewing_early_is_said_to_have_kept_the_date() -> None:
    world = small_world([version(achieved(early_days=60))], [record("2024-03-15", "a"), record("2025-02-01", "b")])

    found = explained(world, "2025-03-01")

    assert finding_of(found, "b").kept_date
    assert finding_of(found, "b").days == Span(date(2025, 2, 1), date(2026, 3, 15))
    assert not finding_of(found, "a").kept_date


def test_parts_of_a_count_and_of_hours_say_what_adds_up() -> None:
    count = {"count": {"subject": "bls", "at_least": 3, "months": 12}}
    hours = {"hours": {"subjects": ["bls"], "minutes": 480, "participatory_minutes": 60, "months": 36}}
    records = [record("2024-06-01", "a", minutes=60, participatory=True), record("2022-06-01", "b", minutes=120)]

    found = explained(small_world([version({"all_of": [count, hours]})], records), "2024-11-22")

    assert outcomes(found) == {"a": Outcome.ADDS, "b": Outcome.ADDS}
    assert [(part.place, part.holds) for part in found.parts] == [
        ("met_by.all_of[0].count", False),
        ("met_by.all_of[1].hours", False),
    ]
    assert found.parts[0].counted == 1
    assert (found.parts[1].minutes, found.parts[1].participatory_minutes) == (180, 60)


def test_a_record_that_only_an_earlier_version_counts_is_superseded() -> None:
    stricter = version(achieved(12), transition={"at_once": {}}, source="cstf", **{"from": "2022-01-01"})
    world = small_world([version(achieved(36)), stricter], [record("2020-06-01")])

    found = explained(world, "2022-02-01")

    assert finding_of(found, "x1").outcome is Outcome.SUPERSEDED
    assert finding_of(found, "x1").superseded_by == 1
    assert found.version is not None
    assert (found.version.index, found.version.source, found.version.kept) == (1, "cstf", False)


def test_a_record_that_still_counts_by_an_earlier_version_counts() -> None:
    stricter = version(achieved(12), transition={"at_renewal": {}}, **{"from": "2022-01-01"})
    world = small_world([version(achieved(36)), stricter], [record("2020-06-01")])

    found = explained(world, "2022-02-01")

    assert (finding_of(found, "x1").outcome, finding_of(found, "x1").version) == (Outcome.COUNTS, 0)


def test_one_who_stays_with_an_earlier_version_is_told_so() -> None:
    stricter = version(achieved(12), transition={"new_starters": {}}, **{"from": "2022-01-01"})

    found = explained(small_world([version(achieved(36)), stricter], []), "2022-02-01")

    assert found.version is not None
    assert (found.version.index, found.version.kept) == (0, True)


def test_with_a_version_not_yet_published_its_number_is_still_its_place_in_the_list() -> None:
    hidden = version(achieved(36), published_at="2030-01-01T00:00:00Z")
    seen = version(achieved(12), transition={"at_once": {}}, **{"from": "2012-01-01"})

    found = explained(small_world([hidden, seen], []), "2022-02-01", "2022-02-01T00:00:00Z")

    assert found.version is not None
    assert found.version.index == 1


AUDIENCE = {"any": [{"staff_group": ["gp", "nursing"]}, {"task": ["first-aider"]}]}


def test_why_it_applies_names_the_part_of_the_audience_and_since_when() -> None:
    since = [{"value": "first-aider", "from": "2019-03-04"}]
    world = small_world([version(achieved(), audience=AUDIENCE)], [], engagements=[engagement(tasks=since)])

    before, after = explained(world, "2018-01-01").applicability, explained(world, "2020-01-01").applicability

    nursing = LeafFinding(StaffGroup(("gp", "nursing")), holds=True, values=("nursing",), since=date(2015, 1, 1))
    first_aider = LeafFinding(Task(("first-aider",)), holds=True, values=("first-aider",), since=date(2019, 3, 4))
    assert (before.code, before.leaves) == (Applies.REQUIRED, (nursing,))
    assert (after.code, after.leaves) == (Applies.REQUIRED, (nursing, first_aider))
    assert after.days == Span(date(2015, 1, 1), None)


def test_why_it_does_not_apply_is_told_apart() -> None:
    not_locum = {"all": [AUDIENCE, {"not": {"kind": ["employed"]}}]}
    exempt = {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2016-01-01", "to": "2017-01-01"}
    plain = version(achieved(), to="2020-01-01")
    world = small_world([plain], [], adjustments=[exempt], engagements=[engagement(to="2021-01-01")])
    unlike = small_world([version(achieved(), audience=not_locum)], [])
    future = version(achieved(), published_at="2030-01-01T00:00:00Z")
    unpublished = small_world([future], [])

    codes = {day: explained(world, day).applicability.code for day in ("2014-06-01", "2016-06-01", "2020-06-01")}

    assert codes == {
        "2014-06-01": Applies.NOT_ENGAGED,
        "2016-06-01": Applies.EXEMPT,
        "2020-06-01": Applies.NOT_IN_FORCE,
    }
    assert explained(world, "2021-01-01").applicability.code is Applies.NOT_ENGAGED
    assert explained(unlike, "2020-06-01").applicability.leaves == (
        LeafFinding(Kind(("employed",)), holds=True, values=("employed",), since=date(2015, 1, 1)),
    )
    assert explained(unpublished, "2020-06-01", "2020-06-01T00:00:00Z").version is None


def test_every_adjustment_used_says_what_it_did_and_those_not_used_are_left_out() -> None:
    adjustments = [
        {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2016-01-01", "to": "2016-02-01"},
        {"kind": "pause", "engagement": "e1", "from": "2018-01-01", "to": "2018-02-01", "reason": "parental leave"},
        {"kind": "extension", "requirements": ["bls"], "from": "2021-05-01", "until": "2021-09-30"},
        {"kind": "extension", "requirements": ["bls"], "from": "2025-05-01", "until": "2025-09-30"},
        {"kind": "pause", "engagement": "e1", "from": "2010-01-01", "to": "2010-02-01"},
    ]
    world = small_world([version(achieved(), return_days=3)], [record("2020-06-01")], adjustments=adjustments)

    found = explained(world, "2018-02-02").adjustments

    def of(number: int, effect: Effect, first: date, last: date, *, on_the_day: bool = False) -> AdjustmentFinding:
        adjustment = read_world(world).adjustments[number]
        return AdjustmentFinding(adjustment, effect, (Span(first, last),), on_the_day)

    assert found == (
        of(0, Effect.EXEMPTED, date(2016, 1, 1), date(2016, 1, 31)),
        of(1, Effect.PAUSED, date(2018, 1, 1), date(2018, 1, 31)),
        of(1, Effect.GAVE_TIME_ON_RETURN, date(2018, 2, 1), date(2018, 2, 4), on_the_day=True),
        of(2, Effect.EXTENDED, date(2021, 6, 2), date(2021, 9, 30)),
    )


def test_ways_to_become_valid_and_to_stay_so() -> None:
    world = small_world([version(achieved(early_days=60))], [record("2024-03-15")])

    [become] = explained(world, "2025-06-01").ways
    [stay] = explained(world, "2025-02-01").ways
    [far] = explained(world, "2024-06-01").ways

    assert (become.done_on, become.until) == (date(2025, 6, 1), date(2026, 6, 1))
    assert (stay.done_on, stay.until) == (date(2025, 2, 1), date(2026, 3, 15))
    assert (far.done_on, far.until) == (date(2024, 6, 1), date(2025, 6, 1))


def test_what_is_not_needed_or_never_runs_out_has_no_ways() -> None:
    done_once = small_world([version(achieved(None))], [record("2024-03-15")])

    assert explained(done_once, "2025-06-01").ways == ()
    assert explained(done_once, "2014-06-01").ways == ()


PAUSE = {"kind": "pause", "engagement": "e1", "from": "2016-01-01", "to": "2016-02-01"}
EXEMPTION = {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2017-01-01", "to": "2017-02-01"}
EXTENSION = {"kind": "extension", "requirements": ["bls"], "from": "2019-05-01", "until": "2019-09-30"}


def test_every_change_of_a_long_timeline_has_its_cause() -> None:
    rule = version(achieved(early_days=0), notice_days=30, first_due_days=30, return_days=10, **{"from": "2014-01-01"})
    stricter = version(achieved(1), transition={"at_once": {}}, to="2021-01-01", **{"from": "2020-06-01"})
    world = small_world(
        [rule, stricter],
        [record("2018-06-01", "a"), record("2020-05-15", "b")],
        adjustments=[PAUSE, EXEMPTION, EXTENSION],
    )

    found = Judge(read_world(world)).timeline("e1", "bls").segments

    assert [
        (segment.status, str(segment.starts_on), segment.cause.code if segment.cause else None) for segment in found
    ] == [
        (Status.NOT_NEEDED, "None", None),
        (Status.DUE, "2015-01-01", CauseCode.ENGAGEMENT_STARTS),
        (Status.OVERDUE, "2015-02-01", CauseCode.GRACE_ENDS),
        (Status.PAUSED, "2016-01-01", CauseCode.PAUSE_STARTS),
        (Status.DUE, "2016-02-01", CauseCode.PAUSE_ENDS),
        (Status.OVERDUE, "2016-02-12", CauseCode.GRACE_ENDS),
        (Status.NOT_NEEDED, "2017-01-01", CauseCode.EXEMPTION_STARTS),
        (Status.DUE, "2017-02-01", CauseCode.EXEMPTION_ENDS),
        (Status.OVERDUE, "2017-03-04", CauseCode.GRACE_ENDS),
        (Status.VALID, "2018-06-01", CauseCode.RECORDS_COUNT),
        (Status.DUE_SOON, "2019-08-31", CauseCode.NOTICE_STARTS),
        (Status.OVERDUE, "2019-10-01", CauseCode.EXTENSION_ENDS),
        (Status.VALID, "2020-05-15", CauseCode.RECORDS_COUNT),
        (Status.DUE_SOON, "2020-05-16", CauseCode.NOTICE_STARTS),
        (Status.VALID, "2020-06-01", CauseCode.NOTICE_CHANGES),
        (Status.DUE_SOON, "2020-06-15", CauseCode.NOTICE_STARTS),
        (Status.OVERDUE, "2020-06-16", CauseCode.RECORDS_LAPSE),
        (Status.NOT_NEEDED, "2021-01-01", CauseCode.VERSION_ENDS),
    ]
    assert [segment.last_on for segment in found][-1] is None


@pytest.mark.parametrize(
    ("more", "day", "code"),
    [
        ({"engagements": [engagement(to="2023-01-01")]}, "2022-06-01", CauseCode.ENGAGEMENT_ENDS),
        (
            {"engagements": [engagement(tasks=[{"value": "chaperone", "from": None, "to": "2023-01-01"}])]},
            "2022-06-01",
            CauseCode.LEAVES_AUDIENCE,
        ),
        (
            {"engagements": [engagement(tasks=[{"value": "chaperone", "from": "2023-01-01"}])]},
            "2022-06-01",
            CauseCode.JOINS_AUDIENCE,
        ),
    ],
)
def test_the_next_change_names_the_person_s_own_part(more: Json, day: str, code: CauseCode) -> None:
    audience = {"task": ["chaperone"]} if code is not CauseCode.ENGAGEMENT_ENDS else "everyone"

    change = explained(small_world([version(achieved(), audience=audience)], [], **more), day).next_change

    assert change is not None
    assert (change.on, change.cause.code) == (date(2023, 1, 1), code)


def test_states_start_and_end_by_themselves() -> None:
    states = [{"value": "registered:nmc", "from": "2020-01-01", "to": "2021-01-01"}]
    rule = version({"state": {"state": "registered:nmc"}})
    world = small_world([rule], [], people=[{"id": "p1", "states": states}])

    before, during = explained(world, "2019-06-01").next_change, explained(world, "2020-12-31").next_change

    assert before is not None
    assert during is not None
    assert (before.cause.code, during.cause.code) == (CauseCode.STATE_STARTS, CauseCode.STATE_ENDS)


def test_a_version_that_takes_over_changes_the_status_by_itself() -> None:
    stricter = version(achieved(12), transition={"at_once": {}}, **{"from": "2022-01-01"})
    longer = version(achieved(36), transition={"at_once": {}}, **{"from": "2022-01-01"})
    wider = version(achieved(36), transition={"at_once": {}}, notice_days=900, **{"from": "2022-01-01"})
    done = [record("2020-06-01")]

    falls = explained(small_world([version(achieved(36)), stricter], done), "2021-12-31").next_change
    rises = explained(small_world([version(achieved(12)), longer], done), "2021-12-31").next_change
    warns = explained(small_world([version(achieved(36)), wider], done), "2021-12-31").next_change

    assert falls is not None
    assert rises is not None
    assert warns is not None
    assert [(one.status, one.cause.code, one.cause.version) for one in (falls, rises, warns)] == [
        (Status.OVERDUE, CauseCode.VERSION_STARTS, 1),
        (Status.VALID, CauseCode.VERSION_STARTS, 1),
        (Status.DUE_SOON, CauseCode.NOTICE_CHANGES, 1),
    ]


def test_a_requirement_starts_and_passes_on_with_its_versions() -> None:
    first = version(achieved(), audience={"role": ["practice-nurse"]}, **{"from": "2016-01-01"})
    second = version(achieved(), audience={"role": ["gp"]}, transition={"at_once": {}}, **{"from": "2018-01-01"})
    world = small_world([first, second], [])

    found = Judge(read_world(world)).timeline("e1", "bls").segments

    assert [(str(one.starts_on), one.status, one.cause.version) for one in found if one.cause] == [
        ("2016-01-01", Status.OVERDUE, 0),
        ("2018-01-01", Status.NOT_NEEDED, 1),
    ]
    assert {one.cause.code for one in found if one.cause} == {CauseCode.VERSION_STARTS}


def test_an_equivalence_that_is_worth_too_little_has_no_level_that_would_do() -> None:
    worth_one = {"subject": "elearning", "level": 1, "counts_as": "bls", "counts_as_level": 1}
    world = small_world(
        [version(achieved(level=2))], [record("2024-06-01", subject="elearning")], equivalences=[worth_one]
    )

    found = explained(world, "2024-11-22")

    assert (finding_of(found, "x1").outcome, finding_of(found, "x1").level_needed) == (Outcome.LEVEL_TOO_LOW, None)


def test_a_verdict_alone_is_that_of_its_explanation() -> None:
    judge = Judge(read_world(small_world([version(achieved())], [record("2024-06-01")])))

    assert (
        judge.verdict("e1", "bls", date(2024, 11, 22))
        == explained(small_world([version(achieved())], [record("2024-06-01")]), "2024-11-22").verdict
    )
