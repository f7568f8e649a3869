"""What a notice asks is judged like training: due by going live, paused while away, asked again when it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain import facts
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.training.rollouts.domain import Check, Notice, NoticeId, RolloutId, Task, TaskKind
from preceptor.training.rollouts.domain.notice import lines_of, marked, read_notice, written_notice
from preceptor.training.rollouts.domain.rules import Followed, Published, edition_of, ruled, subject_of

TOLD = date(2026, 11, 16)
LIVE = date(2026, 11, 30)
ROLLOUT = RolloutId(UUID(int=1))
PLACE = UUID(int=9)
CHECK = Check("Which comes first?", ("File", "Choose"), 1, "It asks before filing")
NOTICE = Notice("New redaction screen", "emis-web", LIVE, ("You decide before you file",), audience="everyone")


def version(number: int, notice: Notice, on: date, *, again: bool = False) -> Published:
    """A published version."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Published(NoticeId(UUID(int=100 + number)), number, notice, again or number == 1, on, at)


def followed(*versions: Published, ends_on: date | None = None) -> Followed:
    """A place that took the rollout over when it was told."""
    return Followed(ROLLOUT, versions, TOLD, LIVE, versions[0].published_at, ends_on)


def stands(
    rollout: Followed,
    on: date,
    *done: tuple[Published, str, date],
    starts_on: date = date(2026, 1, 1),
    group: str = "nurse",
    away: tuple[date, date] | None = None,
) -> dict[str, tuple[Status, date | None]]:
    """How one person stands on a day, by what they were asked for."""
    asked = ruled(PLACE, [rollout])
    world = facts.World(
        organisations=(facts.Organisation("o"),),
        people=(facts.Person("p"),),
        engagements=(facts.Engagement("e", "p", "o", starts_on, staff_group=group),),
        records=tuple(
            facts.Record(str(at), "p", subject_of(one.id, step), day) for at, (one, step, day) in enumerate(done)
        ),
        requirements=tuple(one.rule for one in asked.requirements),
        adjustments=(facts.Pause("a", "e", *away),) if away else (),
    )
    found = Judge(world).verdicts(on)
    return {asked.about[one.requirement].step: (one.status, one.due_on) for one in found}


FIRST = version(1, NOTICE, TOLD)


def test_it_is_to_do_by_the_day_it_goes_live_and_overdue_after() -> None:
    assert stands(followed(FIRST), TOLD - timedelta(days=1)) == {}
    assert stands(followed(FIRST), TOLD) == {"read": (Status.DUE, LIVE)}
    assert stands(followed(FIRST), LIVE) == {"read": (Status.DUE, LIVE)}
    assert stands(followed(FIRST), LIVE + timedelta(days=1)) == {"read": (Status.OVERDUE, None)}
    assert stands(followed(FIRST), LIVE, (FIRST, "read", TOLD)) == {"read": (Status.VALID, None)}


def test_who_starts_once_it_is_live_has_a_week_and_a_year_later_nobody_is_asked() -> None:
    start = LIVE + timedelta(days=10)

    assert stands(followed(FIRST), start, starts_on=start) == {"read": (Status.DUE, start + timedelta(days=7))}
    assert stands(followed(FIRST), LIVE + timedelta(days=365)) == {}


def test_who_is_away_waits_and_reads_it_on_return() -> None:
    back = LIVE + timedelta(days=40)
    away = (date(2026, 10, 1), back)

    assert stands(followed(FIRST), LIVE, away=away)["read"][0] is Status.PAUSED
    assert stands(followed(FIRST), back, away=away) == {"read": (Status.DUE, back + timedelta(days=7))}


def test_a_correction_asks_again_only_when_it_matters() -> None:
    day = date(2026, 11, 20)
    quiet = version(2, replace(NOTICE, title="The new redaction screen"), day)
    loud = version(2, replace(NOTICE, different=("It starts a week later",)), day, again=True)
    done = (FIRST, "read", TOLD)

    assert stands(followed(FIRST, quiet), day, done) == {"read": (Status.VALID, None)}
    assert stands(followed(FIRST, loud), day - timedelta(days=1), done) == {"read": (Status.VALID, None)}
    assert stands(followed(FIRST, loud), day, done) == {"read": (Status.DUE, LIVE)}
    assert stands(followed(FIRST, loud), day, done, (loud, "read", day)) == {"read": (Status.VALID, None)}
    assert [edition_of((FIRST, quiet), 2), edition_of((FIRST, loud), 2)] == [FIRST.id, loud.id]


def test_a_task_is_asked_of_its_staff_groups_alone() -> None:
    task = Task("task-1", TaskKind.PRACTISE, "Practise on the test patient", 10, groups=("gp",))
    one = version(1, replace(NOTICE, checks=(CHECK,), tasks=(task,)), TOLD)

    assert set(stands(followed(one), TOLD)) == {"read", "check"}
    assert set(stands(followed(one), TOLD, group="gp")) == {"read", "check", "task-1"}


def test_what_a_place_gave_up_asks_nothing_more() -> None:
    gone = followed(FIRST, ends_on=date(2026, 11, 20))

    assert stands(gone, date(2026, 11, 19)) == {"read": (Status.DUE, date(2026, 11, 19))}
    assert stands(gone, date(2026, 11, 20)) == {}


def test_what_a_place_gave_up_and_took_over_again_is_judged_each_time_by_itself() -> None:
    day = date(2026, 12, 20)
    first = followed(FIRST, ends_on=date(2026, 11, 20))
    again = replace(followed(FIRST), starts_on=day, goes_live_on=day + timedelta(days=10), before=(first,))

    assert stands(again, date(2026, 11, 19)) == {"read": (Status.DUE, date(2026, 11, 19))}
    assert stands(again, date(2026, 11, 20)) == stands(again, day - timedelta(days=1)) == {}
    assert stands(again, day) == {"read": (Status.DUE, day + timedelta(days=10))}
    assert stands(again, day, (FIRST, "read", TOLD)) == {"read": (Status.VALID, None)}


@given(
    days=st.integers(-30, 400),
    start=st.integers(-60, 100),
    read=st.integers(0, 60),
    quiet=st.integers(0, 60),
    loud=st.integers(0, 60),
)
def test_reading_never_makes_any_day_worse(days: int, start: int, read: int, quiet: int, loud: int) -> None:
    versions = (
        FIRST,
        version(2, replace(NOTICE, audience={"staff_group": ["nurse"]}), TOLD + timedelta(days=quiet)),
        version(3, NOTICE, TOLD + timedelta(days=quiet + loud), again=True),
    )
    on, starts_on = LIVE + timedelta(days=days), LIVE + timedelta(days=start)
    order = [Status.VALID, Status.DUE_SOON, Status.DUE, Status.OVERDUE]

    before = stands(followed(*versions), on, starts_on=starts_on)
    after = stands(followed(*versions), on, (versions[0], "read", TOLD + timedelta(days=read)), starts_on=starts_on)

    assert set(after) == set(before)
    assert all(order.index(after[step][0]) <= order.index(before[step][0]) for step in before)


def test_a_notice_is_one_text_and_says_what_it_lacks() -> None:
    whole = replace(NOTICE, checks=(CHECK,), tasks=(Task("task-1", TaskKind.COURSE, "Do it", 5),))

    assert read_notice(written_notice(whole)) == whole
    assert whole.asked == ("read", "check", "task-1")
    assert whole.missing == ()
    assert [part.value for part, _ in replace(NOTICE, different=(), audience=None).missing] == ["change", "whom"]
    assert replace(NOTICE, different=("word " * 201,)).missing[0][1] == "Say what is different in 200 words or fewer"
    assert lines_of("- One\n\n  • Two") == ("One", "Two")
    assert marked((CHECK, CHECK), (1, 0)) == (True, False)
    assert not whole.asks_the_same(NOTICE)
