"""What a service runs on and when, who is able to offer it, and what ships about it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.training.services.domain.content import read_services
from preceptor.training.services.domain.readiness import Somebody, readiness
from preceptor.training.services.domain.terms import Basis, Offered, Product, Term

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


def test_a_service_is_offered_from_its_first_day_to_before_its_last() -> None:
    offered = Offered("messaging", "Messaging", TODAY, TODAY + timedelta(days=2))

    assert [offered.holds(TODAY + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [False, True, True, False]


def test_able_is_who_is_in_date_at_every_skill_the_least_able_first() -> None:
    people = [somebody(ONE, "nurse"), somebody(TWO, "nurse"), somebody(THREE, "cleaner"), somebody(ONE, "nurse")]
    skills = [("a", "Do A"), ("b", "Do B")]

    found = readiness(people, ["nurse"], skills, {"a": [ONE, TWO], "b": [ONE, THREE]})

    assert [(one.who.person, one.is_able, one.missing) for one in found.people] == [
        (TWO, False, ("Do B",)),
        (ONE, True, ()),
    ]
    assert (found.able, found.of, found.is_shown_above) == (1, 2, False)


def test_nobody_is_able_at_what_has_no_skills() -> None:
    found = readiness([somebody(ONE, "nurse")], ["nurse"], [], {})

    assert (found.able, found.of) == (0, 1)
