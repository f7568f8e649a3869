"""The catalogue in `data/`: whole, true to what it was taken from, and described in the reference.

`python -m tests.architecture.test_catalogue` writes the reference page again.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from preceptor.compliance.requirements.domain.audience import All as Every
from preceptor.compliance.requirements.domain.audience import Any as Some
from preceptor.compliance.requirements.domain.audience import Audience, Everyone, Leaf
from preceptor.compliance.requirements.domain.audience import Not as Other
from preceptor.compliance.requirements.domain.catalogue import (
    Catalogue,
    CatalogueRequirement,
    read_catalogue,
)
from preceptor.compliance.requirements.domain.catalogue.reference import reference_page
from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    Expiry,
    FirstThen,
    Hours,
    State,
)
from preceptor.compliance.requirements.domain.examples import Shape
from preceptor.compliance.requirements.domain.lists import staff_lists
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.register.people.domain.staff_list.known import Lists, UnknownWordError

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT / "data"
REFERENCE: Final = ROOT / "docs" / "reference" / "catalogue.md"
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def read() -> Catalogue:
    """The catalogue as it is in `data/`."""
    return read_catalogue({path.relative_to(DATA).as_posix(): path.read_text() for path in DATA.rglob("*.yaml")})


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read()


def rules(catalogue: Catalogue) -> list[tuple[CatalogueRequirement, Version]]:
    return [(one, version.rule) for one in catalogue.requirements for version in one.versions]


def flat(criterion: Criterion) -> list[Criterion]:
    """A criterion and everything inside it."""
    match criterion:
        case AllOf(parts) | AnyOf(parts):
            inner = list(parts)
        case FirstThen(first, then):
            inner = [first, then]
        case _:
            inner = []
    return [criterion, *(deeper for part in inner for deeper in flat(part))]


def includes(audience: Audience, facts: dict[str, set[str]]) -> bool:
    """Whether somebody with these facts is in an audience."""
    match audience:
        case Everyone():
            return True
        case Every(parts):
            return all(includes(part, facts) for part in parts)
        case Some(parts):
            return any(includes(part, facts) for part in parts)
        case Other(part):
            return not includes(part, facts)
        case Leaf(one_of=one_of):
            return bool(facts[audience.key] & set(one_of))


def test_there_is_enough_of_every_theme(catalogue: Catalogue) -> None:
    by_source = Counter(requirement.source for requirement in catalogue.requirements)
    cqc = [one for one in catalogue.requirements if any(c.source == "devon-hub-training" for c in one.citations)]
    tasks = {value for _, rule in rules(catalogue) for value in named(rule.audience, "task")}
    services = {value for _, rule in rules(catalogue) for value in named(rule.audience, "service")}

    assert len(catalogue.requirements) >= 60
    assert len(cqc) >= 7, "the CQC's examples"
    assert {source: by_source[source] for source in THEMES} == THEMES
    assert tasks >= {
        "safeguarding-lead",
        "ipc-lead",
        "fire-marshal",
        "first-aider",
        "health-safety-lead",
        "freedom-to-speak-up",
        "caldicott-guardian",
        "siro",
        "data-protection-officer",
    }
    assert services >= {
        "online-record-access",
        "online-consultation",
        "video-consultation",
        "messaging",
        "proxy-access",
    }


THEMES: Final = {
    "cstf-england": 8,
    "resuscitation-primary-care-2020": 4,
    "rcgp-safeguarding-2024": 7,
    "cambridgeshire-safeguarding": 3,
    "oliver-mcgowan-code-2025": 2,
    "dspt-v8-gp": 5,
    "ukhsa-vaccination-2025": 4,
    "cervical-pathway-2023": 3,
    "cambridgeshire-chaperone": 1,
    "arrs-quick-reference": 5,
    "first-contact-practice": 3,
    "rcgp-cpr-safeguarding": 2,
    "gpit-training-standard": 4,
}


def named(audience: Audience, key: str) -> set[str]:
    """Every value that an audience names in leaves of one key."""
    match audience:
        case Every(parts) | Some(parts):
            return {value for part in parts for value in named(part, key)}
        case Other(part):
            return named(part, key)
        case Leaf(one_of=one_of) if audience.key == key:
            return set(one_of)
        case _:
            return set()


def test_the_ten_shapes_of_rule_are_all_there(catalogue: Catalogue) -> None:
    found = {shape for one, rule in rules(catalogue) for part in flat(rule.met_by) for shape in shapes(one, rule, part)}

    assert found == {
        "interval",
        "rolling window",
        "count in a period",
        "hours with a participatory share",
        "deadline from an event",
        "once only",
        "several parts",
        "sign-off with numbers",
        "assessment first",
        "local choice with a reason",
        "a state with dates",
    }


def shapes(one: CatalogueRequirement, rule: Version, part: Criterion) -> set[str]:
    """The shapes a rule has, by one part of its criterion."""
    found = {"local choice with a reason"} if one.local_choice else set()
    if isinstance(part, Achieved):
        found.add("once only" if part.months is None else "interval")
        if part.expiry is Expiry.IGNORE and part.months:
            found.add("rolling window")
        if part.months is None and rule.first_due_days is not None:
            found.add("deadline from an event")
    if isinstance(part, Count) and part.months:
        found.add("count in a period")
    if isinstance(part, Hours) and part.participatory_minutes:
        found.add("hours with a participatory share")
    if isinstance(part, AllOf):
        found.add("several parts")
        inner = [deeper for deeper in flat(part) if isinstance(deeper, Achieved | Count)]
        if any(isinstance(x, Count) for x in inner) and any("sign-off" in (x.kinds or ()) for x in inner):
            found.add("sign-off with numbers")
    if isinstance(part, FirstThen):
        found.add("assessment first")
    if isinstance(part, State):
        found.add("a state with dates")
    return found


def test_each_example_is_the_rule_of_its_requirement_and_has_its_shape(catalogue: Catalogue) -> None:
    for one in catalogue.examples:
        requirement = catalogue.requirement(one.requirement)
        rule = requirement.versions[-1].rule

        same = (one.audience, one.met_by, one.first_due_days) == (rule.audience, rule.met_by, rule.first_due_days)
        assert same is not bool(one.changes), one.key
        assert one.shape is not Shape.LOCAL_CHOICE or requirement.local_choice, one.key
        has = {shape for part in flat(one.met_by) for shape in shapes(requirement, rule, part)}
        assert RECOGNISED[one.shape] in has, one.key

    assert {one.shape for one in catalogue.examples} == set(Shape)


RECOGNISED: Final = {
    Shape.INTERVAL: "interval",
    Shape.ROLLING_WINDOW: "rolling window",
    Shape.COUNT: "count in a period",
    Shape.HOURS: "hours with a participatory share",
    Shape.DEADLINE: "deadline from an event",
    Shape.ONCE: "once only",
    Shape.PARTS: "several parts",
    Shape.SIGN_OFF: "sign-off with numbers",
    Shape.ASSESSMENT_FIRST: "assessment first",
    Shape.LOCAL_CHOICE: "local choice with a reason",
    Shape.STATE: "a state with dates",
}


def test_every_question_on_which_sources_differ_is_there(catalogue: Catalogue) -> None:
    assert {conflict.key for conflict in catalogue.conflicts} == {
        "fire-refresher",
        "infection-level-2",
        "safeguarding-interval",
        "toolkit-95",
        "training-needs-analysis",
        "life-support-non-clinical",
        "oliver-mcgowan-reception",
        "earlier-training",
        "revalidation-hours",
        "pharmacy-technician-safeguarding",
    }
    fire = catalogue.requirement("fire-safety")
    assert [alternative.rule() for alternative in fire.alternatives] == [
        {"met_by": {"achieved": {"subject": "fire-safety", "level": 1, "months": 12, "expiry": "cap"}}},
    ] * 2


def test_the_safeguarding_rule_of_2024_follows_the_one_of_three_years(catalogue: Catalogue) -> None:
    before, after = (version.rule for version in catalogue.requirement("safeguarding-3").versions)

    assert {part.months for part in flat(before.met_by) if isinstance(part, Achieved)} == {36}
    assert {part.months for part in flat(after.met_by) if isinstance(part, Achieved)} == {12}
    assert before.audience == after.audience
    assert (after.starts_on, after.published_at and after.published_at.date()) == (
        date(2024, 11, 1),
        date(2024, 10, 31),
    )


def test_nobody_is_in_two_requirements_of_one_column(catalogue: Catalogue) -> None:
    columns: dict[str, list[CatalogueRequirement]] = {}
    for requirement in catalogue.requirements:
        columns.setdefault(requirement.column, []).append(requirement)
    shared = {column: found for column, found in columns.items() if len(found) > 1}
    audiences = [requirement.versions[-1].rule.audience for found in shared.values() for requirement in found]
    told_apart = {task for audience in audiences for task in named(audience, "task")}
    kinds = {kind for audience in audiences for kind in named(audience, "kind")} | {"employed"}
    tasks = [set[str](), *({task} for task in told_apart), told_apart]
    everything = {
        "service": {service.key for service in catalogue.services},
        # A practice between two systems asks for both: the one column that two requirements may fill.
        "system": {"emis-web", "ai-scribe"},
    }

    clashes = {
        (column, role.key, kind)
        for role, kind, held in product(catalogue.roles, kinds, tasks)
        for column, found in shared.items()
        if sum(
            includes(
                requirement.versions[-1].rule.audience,
                everything | {"role": {role.key}, "staff_group": {role.staff_group}, "kind": {kind}, "task": held},
            )
            for requirement in found
        )
        > 1
    }

    assert len(shared) > 20
    assert clashes == set()


def test_what_nothing_was_read_for_is_never_called_verified(catalogue: Catalogue) -> None:
    unread = {source.key for source in catalogue.sources if not source.verified}

    claimed = [
        (requirement.key, citation.source)
        for requirement in catalogue.requirements
        for citation in requirement.citations
        if citation.verified and citation.source in unread
    ]

    assert unread == {
        *("common-practice", "equality-act-2010", "gp-contract-variation"),
        *("health-and-safety-at-work-1974", "prevent-duty-2015"),
    }
    assert claimed == []
    assert {requirement.key for requirement in catalogue.requirements if requirement.minutes_verified} == {
        "chaperoning",
        "safeguarding-hours-adults",
        "safeguarding-hours-children",
        "safeguarding-lead",
    }


def test_every_source_is_used(catalogue: Catalogue) -> None:
    texts = {path: path.read_text() for path in DATA.rglob("*.yaml")}
    asking = {requirement.source for requirement in catalogue.requirements}

    unused = [
        source.key
        for source in catalogue.sources
        if source.key not in asking
        and not any(source.key in text for path, text in texts.items() if path.stem != source.key)
    ]

    assert unused == []


def test_every_task_but_three_is_asked_about(catalogue: Catalogue) -> None:
    asked = {value for _, rule in rules(catalogue) for value in named(rule.audience, "task")}

    assert {task.key for task in catalogue.tasks} - asked == {
        *("safeguarding-deputy", "record-redaction", "information-governance-lead"),
    }


def test_the_curriculum_covers_every_module_and_family(catalogue: Catalogue) -> None:
    curriculum = catalogue.curriculum
    families = {family.key for family in curriculum.families}

    assert len(curriculum.modules) == 22
    assert {role.curriculum for role in catalogue.roles} - {None} == families
    assert all(set(module.marks) <= families and module.marks for module in curriculum.modules)
    made = {requirement.key for requirement in catalogue.requirements}
    expected = {
        f"{module.key}-{mark.lower()}" for module in curriculum.modules for mark in set(module.marks.values()) - {"A"}
    }
    assert {key for key in made if key.startswith("record-")} == expected


def test_the_boards_are_those_of_april_2026(catalogue: Catalogue) -> None:
    boards = catalogue.boards
    old, new = boards.on(BEFORE), boards.on(AFTER)
    ended = [board for board in boards.boards if board.ends_on]

    assert (len(old), len(new), len(ended)) == (42, 36, 12)
    assert {board.ods for board in new} - {board.ods for board in old} == {
        "S1Y5D",
        "D7T5G",
        "T6Y0W",
        "Z9B2Z",
        "S9B9J",
        "S0E4D",
    }
    assert {board.ods: set(board.successors) for board in ended if len(board.successors) > 1} == {
        "QM7": {"S1Y5D", "D7T5G"},
        "QJG": {"D7T5G", "T6Y0W"},
        "QNQ": {"S0E4D", "S9B9J", "QRL"},
    }
    assert {successor for board in ended for successor in board.successors} <= {board.ods for board in new}
    assert len({board.ons for board in new}) == 36
    assert Counter(board.region for board in new) == {
        "east-of-england": 3,
        "london": 4,
        "midlands": 11,
        "north-east-and-yorkshire": 4,
        "north-west": 3,
        "south-east": 4,
        "south-west": 7,
    }


def test_every_stem_of_the_workforce_statistics_has_a_role(catalogue: Catalogue) -> None:
    stems = {stem: role.staff_group for role in catalogue.roles for stem in role.stems}
    groups = {"GP": "gp", "N": "nurse", "DPC": "dpc", "ADMIN": "admin"}

    assert len(stems) >= 65
    assert {stem: groups[stem.split("_")[0]] for stem in stems} == stems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HCA", "health-care-assistant"),
        ("Healthcare Assistant", "health-care-assistant"),
        ("anp", "advanced-nurse-practitioner"),
        ("A.N.P.", "advanced-nurse-practitioner"),
        ("PCN pharmacist", "pharmacist"),
        ("Clinical Pharmacist", "pharmacist"),
        ("Care Co-ordinator", "care-coordinator"),
        ("Med Sec", "medical-secretary"),
        ("GPST2", "gp-registrar"),
        ("SPLW", "social-prescribing-link-worker"),
    ],
)
def test_an_import_knows_the_names_that_roles_go_by(written: str, meant: str, catalogue: Catalogue) -> None:
    lists = Lists(staff_lists(catalogue).roles, (), (), ())

    assert lists.role(written).code == meant


def test_an_import_finds_every_role_by_each_of_its_names_and_asks_about_what_could_be_two(catalogue: Catalogue) -> None:
    lists = Lists(staff_lists(catalogue).roles, (), (), ())

    for role in catalogue.roles:
        assert {lists.role(name).code for name in (role.key, role.name, *role.aliases)} == {role.key}
    for unclear in ("Nurse", "Partner", "PA", "GP", "Doctor"):
        with pytest.raises(UnknownWordError):
            lists.role(unclear)


def test_the_reference_page_is_the_catalogue(catalogue: Catalogue) -> None:
    assert REFERENCE.read_text() == reference_page(catalogue), "run: python -m tests.architecture.test_catalogue"


if __name__ == "__main__":
    REFERENCE.write_text(reference_page(read()))
