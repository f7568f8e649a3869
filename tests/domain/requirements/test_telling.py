"""Rules told shortly, and what changed between versions."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import All, Any, Audience, Everyone, Not, Role, Task
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.telling import (
    Change,
    Difference,
    Piece,
    brief_sentence,
    differences,
    lead_sentence,
    pieces_of,
)
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names

NAMES = Names(subjects={"fire-safety": "Fire safety"}, tasks={"chaperone": "Chaperone"})
RULE = Version(date(2025, 1, 1), None, Everyone(), Achieved("fire-safety", 24), 14)
MANY = Role(("practice-nurse", "receptionist", "gp-partner", "pharmacist", "paramedic"))


def test_a_rule_is_told_in_one_sentence() -> None:
    assert brief_sentence(RULE, NAMES) == "Everyone: Fire safety, every 24 months; first within 14 days of starting."


@pytest.mark.parametrize(
    ("days", "words"),
    [(None, "; from the first day."), (0, "; by the end of the first day."), (1, "; first within 1 day of starting.")],
)
def test_how_long_someone_new_has_is_told(days: int | None, words: str) -> None:
    assert brief_sentence(replace(RULE, first_due_days=days), NAMES).endswith(words)


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (MANY, "Everyone who works as practice nurse, receptionist or 3 others: "),
        (Not(MANY), "Everyone who does not work as practice nurse, receptionist or 3 others: "),
        (
            Any((MANY, Task(("chaperone",)))),
            "Everyone who works as practice nurse, receptionist or 3 others or has the task Chaperone: ",
        ),
        (
            All((Task(("chaperone",)), Not(MANY))),
            "Everyone who has the task Chaperone and does not work as practice nurse, receptionist or 3 others: ",
        ),
        (Role(MANY.one_of[:4]), "Everyone who works as practice nurse, receptionist, gp partner or pharmacist: "),
    ],
)
def test_a_long_list_is_cut_short_and_the_others_counted(audience: Audience, who: str) -> None:
    rule = replace(RULE, audience=audience)

    assert brief_sentence(rule, NAMES).startswith(who)
    assert "others" not in lead_sentence(rule, NAMES)


def test_versions_are_compared_aspect_by_aspect() -> None:
    newer = replace(RULE, met_by=Achieved("fire-safety", 12), notice_days=30, ends_on=date(2027, 1, 1))

    assert differences(RULE, RULE, NAMES) == ()
    assert differences(RULE, newer, NAMES) == (
        Difference(
            "How it is met",
            (
                Piece(Change.SAME, "Fire safety, every "),
                Piece(Change.GONE, "24 "),
                Piece(Change.NEW, "12 "),
                Piece(Change.SAME, "months."),
            ),
        ),
        Difference(
            "Reminder",
            (
                Piece(Change.SAME, "Shown as due soon "),
                Piece(Change.GONE, "60 "),
                Piece(Change.NEW, "30 "),
                Piece(Change.SAME, "days before it runs out."),
            ),
        ),
        Difference("Ends", (Piece(Change.GONE, "No end."), Piece(Change.NEW, "Last day 31 December 2026."))),
    )


@given(st.text(alphabet="ab ,."), st.text(alphabet="ab ,."))
def test_the_pieces_are_the_two_texts(old: str, new: str) -> None:
    pieces = pieces_of(old, new)

    assert "".join(piece.words for piece in pieces if piece.change is not Change.NEW).strip() == old.strip()
    assert "".join(piece.words for piece in pieces if piece.change is not Change.GONE).strip() == new.strip()
