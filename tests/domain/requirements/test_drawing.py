"""The versions of a requirement as a strip."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import Decision, Force, RequirementId
from preceptor.compliance.requirements.domain.drawing import Tense, drawn
from preceptor.compliance.requirements.domain.held import Ending, HeldRequirement, HeldVersion
from preceptor.compliance.requirements.domain.versions import Version

TODAY = date(2026, 11, 23)


def _held(*starts: date, ending: Ending | None = None) -> HeldRequirement:
    """A requirement with a version from each of these days."""
    decision, at = Decision(Force.LOCAL, "Our choice."), datetime(2022, 1, 1, tzinfo=UTC)
    versions = tuple(
        HeldVersion(
            number, Version(day, None, Everyone(), Achieved("fire", 24), 14), decision, at, "R", None, "", (), ()
        )
        for number, day in enumerate(starts, 1)
    )
    return HeldRequirement(
        RequirementId(UUID(int=1)),
        *("fire", "Fire", "Fire", "safety", "Safety"),
        core=False,
        origin="",
        is_law=False,
        versions=versions,
        ending=ending,
    )


def test_versions_lie_end_to_end_and_say_which_one_holds() -> None:
    found = drawn(_held(date(2023, 1, 1), date(2025, 1, 1), date(2027, 1, 1)), TODAY)

    assert [year for _, year in found.years] == [2023, 2024, 2025, 2026, 2027, 2028]
    assert [one.tense for one in found.stretches] == [Tense.PAST, Tense.NOW, Tense.AHEAD]
    assert [one.label for one in found.stretches] == ["Version 1", "Version 2", "Version 3"]
    first, second, third = found.stretches
    assert abs(first.x + first.width - second.x) < 0.02
    assert second.x < found.today < third.x
    assert found.words.startswith("Version 2 of 3 is in force. Version 3 follows on 1 January 2027.")
    assert [name for _, name in found.tenses] == ["Before", "In force", "To come"]


def test_what_is_long_past_is_cut_at_four_years_and_what_never_held_is_not_drawn() -> None:
    ending = Ending(date(2026, 12, 1), "Merged.", "Ruth Okafor")
    found = drawn(_held(date(2012, 1, 1), date(2027, 1, 1), ending=ending), TODAY)

    assert min(year for _, year in found.years) == 2022
    assert [(one.x, one.label) for one in found.stretches] == [(0, "Version 1")]
    assert "Its last day is 30 November 2026." in found.words


def test_a_gap_and_an_end_leave_no_version_in_force() -> None:
    one = _held(date(2024, 1, 1))
    version = one.versions[0]
    over = replace(one, versions=(replace(version, rule=replace(version.rule, ends_on=date(2025, 1, 1))),))

    found = drawn(over, TODAY)
    assert [one.tense for one in found.stretches] == [Tense.PAST]
    assert found.words.startswith("No version is in force today.")
