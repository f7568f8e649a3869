"""The skills in `data/skills/`: enough of them, for everyone, in plain words, and described in the reference.

`python -m tests.architecture.test_skills` writes the reference page again.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from preceptor.compliance.requirements.domain.catalogue import Catalogue, read_catalogue
from preceptor.training.skills.domain import Level, Shown
from preceptor.training.skills.domain.reading import FOLDER, National, read_framework
from preceptor.training.skills.domain.reference import reference_page

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "data"
REFERENCE: Final = ROOT / "docs" / "reference" / "skills.md"
# What a mark of the curriculum asks of a family for a whole module. One task of it may ask for more or less.
MARKS: Final = {"A": Level.AWARE, "U": Level.CAN, "C": Level.TEACH}


def read() -> tuple[National, Catalogue]:
    """The framework and the catalogue as they are in `data/`."""
    files = {path.relative_to(DATA).as_posix(): path.read_text() for path in DATA.rglob("*.yaml")}
    catalogue = read_catalogue(files)
    return read_framework({file: text for file, text in files.items() if file.startswith(FOLDER)}, catalogue), catalogue


def page() -> str:
    """The reference page as it should be."""
    national, catalogue = read()
    return reference_page(national, {one.key: one.name for one in catalogue.systems})


@pytest.fixture(scope="module")
def found() -> tuple[National, Catalogue]:
    return read()


def test_there_are_enough_skills_of_every_module(found: tuple[National, Catalogue]) -> None:
    framework = found[0].framework
    counted = Counter(skill.module for skill in framework.skills)

    assert len(framework.skills) >= 130
    assert len(framework.modules) == 22
    assert {module.key: counted[module.key] for module in framework.modules if counted[module.key] < 5} == {}


def test_a_family_is_asked_for_no_module_that_its_mark_leaves_out(found: tuple[National, Catalogue]) -> None:
    national, catalogue = found
    marks = {one.key: one.marks for one in catalogue.curriculum.modules}
    asked = {(one.module, family): 0 for one in national.framework.skills for family in one.expects}
    for one in national.framework.skills:
        for family, level in one.expects.items():
            asked[one.module, family] = max(asked[one.module, family], level)

    unmarked = {pair for pair in asked if pair[1] not in marks[pair[0]]}
    never = {(module, family) for module, row in marks.items() for family in row} - asked.keys()
    below = {
        (module, family)
        for (module, family), level in asked.items()
        if family in marks[module] and level < min(MARKS[marks[module][family]], Level.CAN)
    }

    assert (unmarked, never, below) == (set(), set(), set())


def test_every_skill_says_that_nobody_has_confirmed_it_or_who_has(found: tuple[National, Catalogue]) -> None:
    texts = {path.name: path.read_text() for path in (DATA / "skills").glob("*.yaml") if path.name != "framework.yaml"}

    for name, text in texts.items():
        assert text.count("  - key: ") == text.count("    verified: "), name
    assert [one.key for one in found[0].framework.skills if one.review] == []


def test_what_is_logged_is_also_seen_and_signed(found: tuple[National, Catalogue]) -> None:
    logged = [one for one in found[0].framework.skills if Shown.LOGGED in one.shown]

    assert len(logged) >= 5
    assert [one.key for one in logged if one.times < 5] == []


def test_the_reference_page_is_the_framework() -> None:
    assert REFERENCE.read_text() == page(), "run: python -m tests.architecture.test_skills"


if __name__ == "__main__":
    REFERENCE.write_text(page())
