"""Who covers what and for how long, where a question stands and who reads it, and what help adds up to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.training.champions.domain.content import read_content
from preceptor.training.champions.domain.helping import Given, HelpId, Helping, Surer, hours, sums
from preceptor.training.champions.domain.questions import (
    Asked,
    QuestionId,
    Reader,
    Reply,
    ReplyKind,
    State,
    reader_of,
    state_of,
)
from preceptor.training.champions.domain.register import (
    Champion,
    ChampionId,
    Covering,
    Term,
    leaving,
    minutes_agreed,
    of_topic,
    uncovered,
)

TODAY = date(2026, 11, 23)
HERE, THERE = UUID(int=1), UUID(int=2)
ASKER, ANSWERER, OTHER = UUID(int=11), UUID(int=12), UUID(int=13)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DATA = Path(__file__).parents[3] / "data" / "champions"


def term(
    *topics: str, since: date = date(2026, 1, 5), until: date | None = None, minutes: int = 70, shared: bool = True
) -> Term:
    return Term(Covering(topics, minutes, shared), since, until)


def champion(*terms: Term, number: int = 1, place: UUID = HERE) -> Champion:
    return Champion(ChampionId(UUID(int=number)), place, "A1", "Alder", UUID(int=100 + number), f"C{number}", terms)


def question(*replies: ReplyKind, shared: bool) -> Asked:
    said = tuple(Reply(one, "Words", ANSWERER, "Answerer", "Alder", NOW) for one in replies)
    return Asked(QuestionId(UUID(int=5)), HERE, "Alder", ASKER, "Asker", "a", "How?", shared, NOW, said)


def help_of(who: int, minutes: int, on: date = TODAY, **also: object) -> Given:
    return Given(HelpId(UUID(int=9)), UUID(int=who), Helping("a", minutes, True, **also), "Someone", on)  # type: ignore[arg-type] # fields by name


def test_what_ships_is_whole() -> None:
    found = read_content({path.name: path.read_text("utf-8") for path in DATA.glob("*.yaml")})

    assert len(found.topics) >= 6
    assert found.steps[0].key == "agree-the-time"
    assert all(one.parts and all(part.points for part in one.parts) for one in found.toolkit)


def test_every_problem_of_what_ships_is_named_with_its_line() -> None:
    files = {
        "topics.yaml": "- {key: A, name: Letters}\n",
        "pathway.yaml": "- {key: step-one, title: One, counts: Done, minutes: 0}\n",
        "toolkit.yaml": "key: page\n",
    }

    with pytest.raises(CatalogueError) as wrong:
        read_content(files)

    said = str(wrong.value)
    assert "champions/topics.yaml:1" in said
    assert "champions/pathway.yaml:1" in said
    assert "champions/toolkit.yaml:1: must be a list" in said


def test_a_topic_is_covered_while_the_term_holds() -> None:
    one = champion(term("a", until=TODAY), term("b", since=TODAY))

    assert one.covers("a", TODAY - timedelta(days=1))
    assert not one.covers("a", TODAY)
    assert one.covers("b", TODAY)
    assert uncovered(["a", "b", "c"], [one], TODAY) == ("a", "c")


def test_a_champion_elsewhere_answers_only_with_a_shared_name() -> None:
    here = champion(term("a", shared=False))
    named, unnamed = (
        champion(term("a", shared=shared), number=n, place=THERE) for n, shared in ((2, True), (3, False))
    )

    assert of_topic([here, named, unnamed], "a", HERE, TODAY) == [here, named]


def test_who_leaves_leaves_uncovered_what_nobody_else_covers_then() -> None:
    last = TODAY + timedelta(weeks=3)
    goes = champion(term("a", "b", until=last))
    stays = champion(term("b"), number=2)
    comes = champion(term("a", since=last + timedelta(days=1)), number=3)

    (found,) = leaving([goes, stays, comes], TODAY)

    assert (found.champion, found.ends_on, found.uncovered) == (goes, last, ("a",))


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), State.WAITING),
        ((ReplyKind.ANSWER,), State.ANSWERED),
        ((ReplyKind.ANSWER, ReplyKind.FOLLOW_UP), State.WAITING),
        ((ReplyKind.ANSWER, ReplyKind.SOLVED), State.SOLVED),
        ((ReplyKind.ANSWER, ReplyKind.SOLVED, ReplyKind.FOLLOW_UP), State.WAITING),
    ],
)
def test_the_last_word_says_where_a_question_stands(kinds: tuple[ReplyKind, ...], state: State) -> None:
    assert state_of(kinds) is state


def test_a_private_question_is_read_by_who_asked_and_by_champions_alone() -> None:
    private, waiting = question(ReplyKind.ANSWER, shared=False), question(shared=True)
    answered = question(ReplyKind.ANSWER, shared=True)

    assert reader_of(private, ASKER, is_champion=False, is_near=True) is Reader.ASKER
    assert reader_of(private, OTHER, is_champion=True, is_near=True) is Reader.CHAMPION
    assert reader_of(private, OTHER, is_champion=False, is_near=True) is None
    assert reader_of(waiting, OTHER, is_champion=False, is_near=True) is None
    assert reader_of(answered, OTHER, is_champion=False, is_near=True) is Reader.COLLEAGUE
    assert reader_of(answered, OTHER, is_champion=False, is_near=False) is None


def test_help_adds_up_and_someone_is_nobody_in_particular() -> None:
    given = [
        help_of(1, 10, person=OTHER, before=2, after=4),
        help_of(1, 5, person=OTHER),
        help_of(1, 15, person=ASKER, before=3),
        help_of(1, 30),
    ]

    found = sums(given, counted={OTHER})

    assert (found.times, found.minutes, found.people) == (4, 60, 1)
    assert found.surer == Surer(2.0, 4.0, 1)
    assert found.topics == (("a", 4),)


def test_hours_given_stand_beside_hours_agreed() -> None:
    first, changed = TODAY - timedelta(weeks=4), TODAY - timedelta(weeks=2)
    one = champion(term("a", minutes=60, until=changed), term("a", since=changed, minutes=30))
    given = [help_of(1, 45, changed), help_of(1, 45, first - timedelta(days=1)), help_of(2, 5, changed)]

    (found,) = hours([one], given, first, TODAY)

    assert (found.given, found.agreed) == (45, 180)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=5), st.integers(0, 60), st.integers(0, 60))
def test_minutes_agreed_add_up_over_days(spans: list[int], left: int, right: int) -> None:
    terms, day = [], date(2026, 1, 1)
    for span in spans:
        ends = day + timedelta(days=span)
        terms.append(term("a", since=day, until=ends, minutes=7))
        day = ends
    one, middle = champion(*terms), date(2026, 3, 1)
    first, until = middle - timedelta(days=left), middle + timedelta(days=right)

    whole = minutes_agreed(one, first, until)

    assert whole == minutes_agreed(one, first, middle) + minutes_agreed(one, middle, until)
