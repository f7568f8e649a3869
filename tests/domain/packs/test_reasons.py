"""Which reasons recur, and what is never told of them."""

from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.packs.domain import Answer
from preceptor.compliance.packs.domain.reasons import FEWEST_PLACES, Given, recurring, telling


def gave(place: str, reason: str, key: str = "fire-safety", answer: Answer = Answer.LEFT) -> Given:
    """A reason of a place about fire safety."""
    return Given(place, key, "Fire safety", answer, reason)


def test_answers_are_counted_and_words_told_that_three_places_have() -> None:
    found = recurring(
        [
            gave("A", "Our building has two stairs and new alarms"),
            gave("B", "New alarms in a small building"),
            gave("C", "Not enough time, and a new alarm", answer=Answer.DECLINED),
            gave("D", "New alarms in a small building", key="first-aid"),
        ],
        (),
    )

    assert [(one.key, one.left, one.declined, one.words) for one in found] == [
        ("fire-safety", 2, 1, (("alarm", 3), ("new", 3))),
        ("first-aid", 1, 0, ()),
    ]


def test_no_word_of_a_name_is_told_however_often_it_is_written() -> None:
    reasons = [gave(place, "Mr Hale’s alarms, says Rosa James-Alarm") for place in "ABCD"]

    (found,) = recurring(reasons, ["Rosa", "James-Hale"])

    assert [word for word, _ in found.words] == ["alarm", "say"]


def test_a_place_that_says_a_word_often_is_one_place() -> None:
    (found,) = recurring([gave("A", f"Alarms {number}") for number in range(5)], ())

    assert (found.left, found.words) == (5, ())


REASONS = st.lists(
    st.builds(
        gave,
        st.sampled_from("ABCDE"),
        st.lists(st.sampled_from(["time", "cost", "alarms", "Rosa", "stairs"]), max_size=4).map(" ".join),
    ),
    max_size=8,
)


@given(REASONS)
def test_nothing_is_told_that_could_be_of_one_place_or_person(reasons: list[Given]) -> None:
    found = recurring(reasons, ["Rosa"])

    assert recurring(reversed(reasons), ["Rosa"]) == found
    for one in found:
        for word, number in one.words:
            saying = {some.place for some in reasons if word in telling(some.reason)}
            assert number == len(saying) >= FEWEST_PLACES
            assert word != "rosa"
