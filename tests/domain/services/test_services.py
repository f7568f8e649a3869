"""What a service runs on and when, who is able to offer it, and what ships about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.training.services.domain.content import read_services
from preceptor.training.services.domain.readiness import Somebody, Wanted, asked_of, readiness
from preceptor.training.services.domain.terms import Basis, Change, Offered, Product, Term, change
from preceptor.training.skills.domain import Level
from tests.rooms.skilled import national

TODAY = date(2026, 11, 23)
FILE = Path(__file__).parents[3] / "data" / "services" / "services.yaml"
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def somebody(number: UUID, role: str) -> Somebody:
    return Somebody(number, f"P{number.int}", f"P{number.int}", role, role.title())


def test_each_service_that_ships_has_words_for_the_desk() -> None:
    found = read_services(FILE.read_text("utf-8"))

    assert len(found) == 9
    assert all(one.families and one.skills and one.say and one.hand_out and one.look_out for one in found)


def test_what_is_not_there_is_named_with_its_line() -> None:
    text = "- {service: fax, families: [reception], skills: [send-a-fax]}\n"

    with pytest.raises(CatalogueError) as wrong:
        read_services(text, {"service": ["messaging"], "family": ["reception"], "skill": ["send-text-message"]})

    said = str(wrong.value)
    assert "services/services.yaml:1" in said
    assert "fax" in said
    assert "send-a-fax" in said


def test_one_product_ends_on_the_day_another_begins() -> None:
    changes = TODAY + timedelta(days=7)
    old = Term(Product("", "Riverbank", Basis.BOARD), date(2025, 1, 1), changes, "Partners")
    new = Term(Product("accurx", "Accurx", Basis.OWN), changes, None, "Partners")
    offered = Offered("online-consultation", "Online consultation", date(2022, 4, 4), None, (old, new))

    assert offered.term(TODAY) == old
    assert offered.next_term(TODAY) == new
    assert offered.term(changes) == new
    assert offered.next_term(changes) is None
    assert offered.term(date(2024, 1, 1)) is None


_PRODUCTS = [Product("", name, Basis.OWN) for name in ("Riverbank", "Accurx", "Paper")]
_RUNS = st.lists(st.tuples(st.integers(-200, 200), st.sampled_from(_PRODUCTS)), min_size=1, max_size=4)


def _after(terms: tuple[Term, ...], done: Change, new: Term) -> list[Term]:
    """The terms once a change is made."""
    left = [one for one in terms if one not in done.replaced and one is not done.before]
    if done.before is not None:
        left.append(replace(done.before, ends_on=done.ends_on if done.is_called_off else new.starts_on))
    return sorted(left if done.is_called_off else [*left, new], key=lambda one: one.starts_on)


@given(_RUNS, st.sampled_from(_PRODUCTS), st.integers(-250, 250), st.booleans())
def test_a_change_leaves_one_product_on_each_day_and_what_ran_before_it_as_it_was(
    runs: list[tuple[int, Product]],
    product: Product,
    on: int,
    on_a_first_day: bool,
) -> None:
    days = sorted(dict(runs).items())
    starts = [TODAY + timedelta(days=day) for day, _ in days]
    terms = tuple(
        Term(one, starts[at], starts[at + 1] if at + 1 < len(starts) else None, "Partners")
        for at, (_, one) in enumerate(days)
    )
    starts_on = starts[on % len(starts)] if on_a_first_day else TODAY + timedelta(days=on)

    done = change(terms, product, starts_on, TODAY)

    if done is None:
        assert any(one.product == product and one.starts_on <= starts_on for one in terms)
        return
    found = _after(terms, done, Term(product, starts_on, done.ends_on, "Partners"))
    assert all(one.ends_on == later.starts_on for one, later in pairwise(found))
    assert next(one for one in found if one.holds(starts_on)).product == product
    for day in (date.fromordinal(min(starts_on, TODAY).toordinal() - back) for back in range(1, 250, 13)):
        before = next((one.product for one in terms if one.holds(day)), None)
        assert next((one.product for one in found if one.holds(day)), None) == before
    began = [one for one in terms if starts_on < one.starts_on <= TODAY and one.product != product]
    assert done.moved is not None or all(one in found for one in began), "what runs now is not undone by the past"


def test_a_service_is_offered_from_its_first_day_to_before_its_last() -> None:
    offered = Offered("messaging", "Messaging", TODAY, TODAY + timedelta(days=2))

    assert [offered.holds(TODAY + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [False, True, True, False]


def test_able_is_who_is_in_date_at_what_is_asked_of_their_role_the_least_able_first() -> None:
    people = [somebody(ONE, "nurse"), somebody(TWO, "nurse"), somebody(THREE, "cleaner"), somebody(ONE, "nurse")]
    asked = {"nurse": (Wanted("a", "Do A", Level.CAN), Wanted("b", "Do B", Level.AWARE))}
    able = {Level.CAN: {"a": [ONE, TWO]}, Level.AWARE: {"a": [], "b": [ONE, THREE]}}

    found = readiness(people, asked, able)

    assert [(one.who.person, one.is_able, one.missing) for one in found.people] == [
        (TWO, False, ("Do B",)),
        (ONE, True, ()),
    ]
    assert (found.able, found.of, found.is_shown_above) == (1, 2, False)


def test_a_role_shows_what_the_framework_expects_of_it_and_everything_where_that_is_nothing() -> None:
    framework = national().framework
    prescribing = [skill for skill in framework.skills if skill.key in ("repeat-request", "track-prescription")]
    found = {
        role: {one.key: one.level for one in asked_of(role, prescribing, framework)}
        for family in framework.families
        for role in family.roles
    }

    for family in framework.families:
        expected = {one.key: one.expects[family.key] for one in prescribing if family.key in one.expects}
        for role in family.roles:
            if expected:
                assert found[role] == {key: min(level, Level.CAN) for key, level in expected.items()}
            else:
                assert found[role] == dict.fromkeys(("repeat-request", "track-prescription"), Level.CAN)
    assert {one.key for one in asked_of("cleaner", prescribing, None)} == {"repeat-request", "track-prescription"}
    assert len({tuple(one.items()) for one in found.values()}) > 1


def test_nobody_is_able_at_what_has_no_skills() -> None:
    found = readiness([somebody(ONE, "nurse")], {"nurse": ()}, {})

    assert (found.able, found.of) == (0, 1)
