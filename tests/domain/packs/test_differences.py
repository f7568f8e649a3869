"""What was offered, what is offered now, and what we have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.packs.domain import State, merged, state_of

Lists = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3), max_size=6)


@pytest.mark.parametrize(
    ("old", "new", "ours", "state"),
    [
        (1, 1, 1, State.UNCHANGED),
        (1, 2, 2, State.UNCHANGED),
        (None, 2, 2, State.UNCHANGED),
        (1, None, None, State.UNCHANGED),
        (1, 2, 1, State.THEIRS),
        (1, 1, 2, State.OURS),
        (1, 2, 3, State.BOTH),
        (None, 2, 3, State.BOTH),
        (None, 2, None, State.ADDED),
        (1, None, 1, State.WITHDRAWN),
        (1, None, 2, State.WITHDRAWN),
        (1, 2, None, State.OURS),
        (1, 1, None, State.OURS),
        (None, None, 2, State.OURS),
    ],
)
def test_each_of_the_three_may_differ(old: int | None, new: int | None, ours: int | None, state: State) -> None:
    assert state_of(old, new, ours) is state


@given(Lists, Lists, Lists)
def test_taking_everything_makes_ours_the_new_pack_and_keeps_what_was_never_in_it(
    old: dict[str, int], new: dict[str, int], ours: dict[str, int]
) -> None:
    everything = old.keys() | new.keys()

    found = merged(old, new, ours, everything)

    assert {key: value for key, value in found.items() if key in everything} == new
    assert {key: value for key, value in found.items() if key not in everything} == {
        key: value for key, value in ours.items() if key not in everything
    }
    assert {state_of(None, new.get(key), found.get(key)) for key in everything} <= {State.UNCHANGED}


@given(Lists, Lists, Lists)
def test_taking_nothing_changes_nothing(old: dict[str, int], new: dict[str, int], ours: dict[str, int]) -> None:
    assert merged(old, new, ours, ()) == ours


@given(Lists, Lists, Lists, st.permutations("abcdef"))
def test_the_order_of_requirements_is_irrelevant(
    old: dict[str, int], new: dict[str, int], ours: dict[str, int], order: list[str]
) -> None:
    def put(some: dict[str, int]) -> dict[str, int]:
        return {key: some[key] for key in order if key in some}

    assert merged(put(old), put(new), put(ours), order[:3]) == merged(old, new, ours, sorted(order[:3]))


@given(Lists, Lists, Lists)
def test_what_a_change_says_agrees_with_what_taking_it_does(
    old: dict[str, int], new: dict[str, int], ours: dict[str, int]
) -> None:
    for key in "abcdef":
        before, after = ours.get(key), merged(old, new, ours, [key]).get(key)
        state = state_of(old.get(key), new.get(key), before)
        if state is State.UNCHANGED:
            assert after == before
        elif state is State.THEIRS:
            assert (before, after) == (old[key], new[key])
        elif state is State.WITHDRAWN:
            assert after is None


@given(Lists, Lists, Lists)
def test_what_the_hub_takes_whole_reaches_the_practice_as_the_national_change_itself(
    national: dict[str, int], newer: dict[str, int], practice: dict[str, int]
) -> None:
    hub = merged({}, national, {}, national)
    hub_newer = merged(national, newer, hub, national.keys() | newer.keys())

    for key in national.keys() | newer.keys():
        through_hub = state_of(hub.get(key), hub_newer.get(key), practice.get(key))
        assert through_hub is state_of(national.get(key), newer.get(key), practice.get(key))
    assert merged(hub, hub_newer, practice, hub.keys() | hub_newer.keys()) == merged(
        national, newer, practice, national.keys() | newer.keys()
    )
