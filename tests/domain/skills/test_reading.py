"""The files of `data/skills/` are read whole, or each mistake is named by file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from preceptor.compliance.requirements.domain.catalogue import Catalogue, CatalogueError, read_catalogue
from preceptor.training.skills.domain import Level, Review, Shown, Skill, Variant
from preceptor.training.skills.domain.reading import National, read_framework

DATA: Final = Path(__file__).parents[3] / "data"
FILES: Final = {path.relative_to(DATA).as_posix(): path.read_text() for path in DATA.rglob("*.yaml")}
SKILLS: Final = {file: text for file, text in FILES.items() if file.startswith("skills/")}
TELEPHONY: Final = "skills/telephony.yaml"

WHOLE: Final = """\
module: record-telephony
skills:
  - key: answer-calls
    title: Answer a call kindly
    systems: [emis-web]
    variants:
      - {system: emis-web, says: Note., from_version: "9.1", source: "https://help.example", read_on: 2026-10-01}
    expects: {manager: teach, reception: can}
    look_for:
      - One
      - Two
      - Three
    shown: [observed, logged]
    times: 3
    lasts_months: 12
    minutes: 20
    verified: true
    reviewed_by: A named reviewer
    reviewed_on: 2026-10-01
first_due_days: 60
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FILES)


def read(telephony: str, catalogue: Catalogue) -> National:
    """The framework with another file for telephony."""
    return read_framework({**SKILLS, TELEPHONY: telephony}, catalogue)


def problems(telephony: str, catalogue: Catalogue) -> list[str]:
    """What is said to be wrong with a file for telephony."""
    with pytest.raises(CatalogueError) as wrong:
        read(telephony, catalogue)
    return str(wrong.value).splitlines()


def test_a_skill_is_read_with_all_it_says(catalogue: Catalogue) -> None:
    skill = read(WHOLE, catalogue).framework.skill("answer-calls")

    assert skill is not None
    assert skill.subject == "skill-answer-calls"
    assert (skill.module, skill.title, skill.systems) == ("record-telephony", "Answer a call kindly", ("emis-web",))
    assert skill.expects == {"reception": Level.CAN, "manager": Level.TEACH}
    assert (skill.shown, skill.times) == ((Shown.OBSERVED, Shown.LOGGED), 3)
    assert (skill.lasts_months, skill.minutes, skill.look_for) == (12, 20, ("One", "Two", "Three"))
    assert skill.first_due_days == 60
    assert skill.variants == (Variant("emis-web", "Note.", "9.1", "https://help.example", date(2026, 10, 1)),)
    assert isinstance(skill, Skill)
    assert skill.review == Review("A named reviewer", skill.review.on) if skill.review else False


def test_the_families_are_the_catalogues_with_their_roles(catalogue: Catalogue) -> None:
    framework = read(WHOLE, catalogue).framework

    assert framework.family_of("receptionist") == next(one for one in framework.families if one.key == "reception")
    assert framework.family_of("cleaner") is None
    assert {role for one in framework.families for role in one.roles} == {
        role.key for role in catalogue.roles if role.curriculum
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("manager: teach", "manager: best", f"{TELEPHONY}:8: “manager” must be one of: aware, can, teach"),
        ("manager: teach", "boss: teach", f"{TELEPHONY}:8: “boss” is not a key that is known here"),
        ("      - Three\n", "", f"{TELEPHONY}:10: “look_for” must hold 3 to 5 points"),
        ("[observed, logged]", "[logged]", f"{TELEPHONY}:13: “shown” must say how an assessor sees it"),
        ("[observed, logged]", "[seen, logged]", f"{TELEPHONY}:13: “shown” must be of: observed"),
        ("    times: 3\n", "", f"{TELEPHONY}:3: “times” says how often"),
        ("[emis-web]", "[emis-wob]", f"{TELEPHONY}:5: no system is called “emis-wob”. Did you mean “emis-web”?"),
        ("record-telephony", "record-telepathy", f"{TELEPHONY}:1: no module is called “record-telepathy”"),
        ("    reviewed_on: 2026-10-01\n", "", f"{TELEPHONY}:17: “verified” is true only with"),
        ("verified: true", "verified: false", f"{TELEPHONY}:17: “verified” must be true when"),
        ("answer-calls", "answer-calls-" + "x" * 30, f"{TELEPHONY}:3: “key”"),
        ("Answer a call kindly", "Fire safety", f"{TELEPHONY}:4: “fire safety” is already a name of a subject"),
        ("https://help.example", "help.example", f"{TELEPHONY}:7: “source” must be the address"),
        ("https://help.example", "https://", f"{TELEPHONY}:7: “source” must be the address"),
        ("https://help.example", "https://help.example/a b", f"{TELEPHONY}:7: “source” must be the address"),
        (", read_on: 2026-10-01", "", f"{TELEPHONY}:7: “source” goes with “read_on”"),
        ('source: "https://help.example", ', "", f"{TELEPHONY}:7: “source” goes with “read_on”"),
        ("read_on: 2026-10-01", "read_on: soon", f"{TELEPHONY}:7: “read_on”"),
        ("    minutes: 20\n", "    minutes: many\n", f"{TELEPHONY}:16: “minutes” must be a whole number"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(old: str, new: str, said: str, catalogue: Catalogue) -> None:
    assert old in WHOLE

    found = problems(WHOLE.replace(old, new), catalogue)

    assert any(line.startswith(said) for line in found), found


def test_a_module_has_one_file_and_each_has_one(catalogue: Catalogue) -> None:
    fewer = {file: text for file, text in SKILLS.items() if file != TELEPHONY}

    with pytest.raises(CatalogueError, match="no file holds the skills of “record-telephony”"):
        read_framework(fewer, catalogue)
    with pytest.raises(CatalogueError, match="“record-telephony” is already a file of a module"):
        read_framework({**SKILLS, "skills/more.yaml": WHOLE}, catalogue)


def test_the_levels_must_all_be_told(catalogue: Catalogue) -> None:
    text = SKILLS["skills/framework.yaml"]
    without = "\n".join(line for line in text.splitlines() if "key: teach" not in line)

    with pytest.raises(CatalogueError, match="missing: teach"):
        read_framework({**SKILLS, "skills/framework.yaml": without}, catalogue)
    with pytest.raises(CatalogueError, match=r"skills/framework\.yaml:1: is missing"):
        read_framework({file: text for file, text in SKILLS.items() if "framework" not in file}, catalogue)
