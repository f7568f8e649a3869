"""Which reasons recur."""

from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.packs.domain.reasons import Given, are_alike, recurring


def gave(place: str, reason: str, key: str = "fire-safety") -> Given:
    """A reason of a place about fire safety."""
    return Given(place, key, "Fire safety", reason)


def test_like_reasons_about_one_requirement_are_one_with_the_places_counted() -> None:
    found = recurring(
        [
            gave("A", "Our building has two stairs and new alarms"),
            gave("B", "New alarms in a small building"),
            gave("C", "Not enough time"),
            gave("D", "New alarms in a small building", key="first-aid"),
        ]
    )

    assert [(one.key, one.places, one.words, one.example) for one in found] == [
        ("fire-safety", 2, ("alarm", "building", "new"), "New alarms in a small building"),
        ("first-aid", 1, ("alarm", "building", "new", "small"), "New alarms in a small building"),
        ("fire-safety", 1, ("enough", "time"), "Not enough time"),
    ]


def test_words_that_say_nothing_make_no_reasons_alike() -> None:
    assert not are_alike("It is not for us here", "It is not our way")
    assert are_alike("Alarms", "The alarm")


@given(
    st.permutations(
        [gave(place, reason) for place, reason in zip("ABCD", ("No time", "Time", "Cost", "No cost"), strict=True)]
    )
)
def test_the_order_of_reasons_is_irrelevant(reasons: list[Given]) -> None:
    found = recurring(reasons)

    assert [(one.places, one.words) for one in found] == [(2, ("cost",)), (2, ("time",))]
    assert sum(one.places for one in found) == len(reasons)
