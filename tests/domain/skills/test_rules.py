"""What a framework expects becomes rules: who is there already has longer than who comes later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.transitions import AtOnce, NewStarters
from preceptor.training.skills.domain import Family, Framework, Level, LevelTerm, Module, Shown, Skill
from preceptor.training.skills.domain.changing import with_modules
from preceptor.training.skills.domain.rules import GRACE_DAYS, Adopted, Expected, ruled, rules_of

OWNER: Final = UUID(int=1)
LOCK: Final = Skill(
    "lock", "Lock the screen", "safety", {"desk": Level.CAN}, ("a", "b", "c"), (Shown.OBSERVED,), 5, first_due_days=30
)
CALL: Final = replace(LOCK, key="call", title="Take a call", module="calls", expects={"desk": Level.TEACH})
FRAMEWORK: Final = Framework(
    key="own",
    title="Own",
    note="",
    levels=tuple(LevelTerm(level, level.name, "", 365) for level in Level),
    families=(Family("desk", "At the desk", ("receptionist", "secretary")),),
    modules=tuple(Module(key, key, "", None, None) for key in ("safety", "calls")),
    skills=(LOCK, CALL),
)


def adopted(starts_on: date, framework: Framework = FRAMEWORK) -> Adopted:
    """The framework, followed from a day on."""
    return Adopted(
        UUID(int=starts_on.toordinal()), framework, rules_of(framework), starts_on, datetime(2025, 1, 1, tzinfo=UTC)
    )


def times(skill: str, level: Level, *adoptions: Adopted) -> list[tuple[date, date | None, int | None, object]]:
    """From when to when each version of a skill's rule is in force, first due after how long, and how it takes over."""
    asked = str(Expected(skill, level).id)
    (found,) = (one.rule for one in ruled(OWNER, adoptions).requirements if str(one.id) == asked)
    return [(one.starts_on, one.ends_on, one.first_due_days, one.transition) for one in found.versions]


def test_newcomers_have_as_long_as_the_skill_says_and_who_is_there_as_the_level() -> None:
    begins = date(2026, 2, 2)

    assert times("lock", Level.CAN, adopted(begins)) == [
        (begins, date(2026, 2, 3), 365, AtOnce(GRACE_DAYS)),
        (date(2026, 2, 3), None, 30, NewStarters()),
    ]
    assert times("call", Level.TEACH, adopted(begins)) == [(begins, None, 365, AtOnce(GRACE_DAYS))]


def test_a_later_version_that_says_the_same_of_a_skill_goes_on_and_another_begins_anew() -> None:
    begins, again = date(2026, 2, 2), date(2026, 6, 1)
    wider = replace(FRAMEWORK, skills=(replace(LOCK, first_due_days=90), CALL))

    same = times("lock", Level.CAN, adopted(begins), adopted(again))
    other = times("lock", Level.CAN, adopted(begins), adopted(again, wider))

    assert [one[:3] for one in same] == [(begins, date(2026, 2, 3), 365), (date(2026, 2, 3), None, 30)]
    assert [one[:3] for one in other] == [
        (begins, date(2026, 2, 3), 365),
        (date(2026, 2, 3), again, 30),
        (again, date(2026, 6, 2), 365),
        (date(2026, 6, 2), None, 90),
    ]


def test_a_module_taken_in_brings_the_families_its_expectations_speak_of() -> None:
    mine = replace(FRAMEWORK, skills=(LOCK,))
    desk, letters = Family("desk", "At the desk", ("receptionist",)), Family("letters", "Letters", ("secretary",))
    newer = replace(FRAMEWORK, families=(desk, letters), skills=(LOCK, replace(CALL, expects={"letters": Level.CAN})))

    found = with_modules(mine, newer, ["safety", "calls"]).framework

    assert found.families == (desk, letters)
    assert {one.key: one.expects for one in found.skills} == {
        "lock": {"desk": Level.CAN, "letters": Level.CAN},
        "call": {"letters": Level.CAN},
    }
