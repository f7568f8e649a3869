"""Reading a catalogue: what a small one says, and every problem named by file and line."""

from datetime import date

import pytest

from preceptor.compliance.requirements.domain.catalogue import Alias, CatalogueError, Scheme, read_catalogue
from preceptor.compliance.requirements.domain.decisions import Force

SOURCE = """\
key: fire-order
title: The fire order
publisher: Parliament
dated: 2005
checked_on: 2026-11-16
legal_force: law
verified: true
requirements:
  - key: fire-safety
    title: Fire safety
    short: Fire safety
    area: safety
    core: true
    basis: law
    rationale: Everyone has to get out.
    minutes: 30
    review_by: 2027-11-30
    verified: true
    sources:
      - {source: fire-order, clause: art. 21, says: Periodically., followed: true, verified: true}
    alternatives:
      - says: Every year.
        source: fire-order
        verified: false
        met_by: {achieved: {subject: fire-safety, months: 12}}
    versions:
      - from: 2022-04-01
        published_at: 2022-04-01T00:00:00Z
        audience: &all {all: [{staff_group: [gp, admin]}, {not: {role: [cleaner]}}]}
        met_by: {achieved: {subject: fire-safety, level: 1, months: 24}}
        first_due_days: 14
      - from: 2025-01-01
        published_at: 2024-12-09T00:00:00Z
        note: Passed assessments count too.
        audience: *all
        met_by: {achieved: {subject: fire-safety, kinds: [course, assessment], months: 24}}
        first_due_days: 14
        transition: {at_renewal: {}}
"""
CURRICULUM = """\
source: fire-order
says: Names the topics.
rationale: Everyone uses the record.
from: 2023-07-01
published_at: 2023-06-12T00:00:00Z
review_by: 2027-06-30
basis: guidance
families: [{key: gp, name: GPs}, {key: desk, name: Reception}]
marks:
  - {mark: A, level: 1, name: Aware, required: false}
  - {mark: U, level: 2, name: User, required: true, minutes: 30, first_due_days: 60}
  - {mark: C, level: 3, name: Competent, required: true, kinds: [assessment], minutes: 60, first_due_days: 90}
modules:
  - key: record-video
    name: Video
    content: Consent and set-up
    area: safety
    named: true
    service: video
    marks: {gp: U, desk: A}
  - key: record-booking
    name: Booking
    content: Slots and lists
    area: safety
    named: false
    marks: {gp: U, desk: C}
"""
FILES = {
    "areas.yaml": "- {key: safety, name: Safety at work}\n",
    "staff-groups.yaml": "- {key: gp, name: GPs}\n- {key: admin, name: Admin}\n",
    "engagement-kinds.yaml": "- {key: employed, name: Employed}\n",
    "record-kinds.yaml": "- {key: course, name: Course}\n- {key: assessment, name: Assessment}\n",
    "tasks.yaml": "- {key: chaperone, name: Chaperone, source: fire-order, verified: true}\n",
    "states.yaml": '- {key: "registered:gmc", name: Registered with the GMC}\n',
    "services.yaml": "- {key: video, name: Video consultation}\n",
    "systems.yaml": "- {key: emis-web, name: EMIS Web, use: core, source: fire-order, verified: true}\n",
    "roles.yaml": """\
- {key: gp-partner, name: Partner, staff_group: gp, stems: [GP_P], curriculum: gp, source: fire-order, verified: true}
- {key: receptionist, name: Receptionist, aliases: [Reception, Front desk], staff_group: admin, curriculum: desk,
   source: fire-order, verified: true}
- {key: cleaner, name: Cleaner, staff_group: admin, source: fire-order, verified: false}
""",
    "subjects.yaml": """\
- key: fire-safety
  name: Fire safety
  area: safety
  aliases: [Fire]
  elfh: [37856]
- key: safeguarding
  name: Safeguarding
  area: safety
  aliases: [Protection]
  levels:
    - {level: 2, name: Level 2, aliases: [Safeguarding L2]}
    - {level: 3, name: Level 3}
""",
    "equivalences.yaml": (
        "- {subject: safeguarding, level: 2, counts_as: fire-safety, counts_as_level: 1, source: fire-order,\n"
        "   from: 2020-01-01, verified: false}\n"
    ),
    "conflicts.yaml": """\
- key: how-often
  question: How often?
  answers:
    - {says: Every 2 years., source: fire-order, verified: true}
    - {says: Every year., source: fire-order, verified: false}
  handling: Starts at 2 years.
  requirements: [fire-safety]
""",
    "curriculum.yaml": CURRICULUM,
    "training-items.yaml": """\
- {key: later, from: 2026-07-01, percent: 90, subject: fire-safety, item: 1.1, source: fire-order, verified: false}
- {key: first, from: 2020-01-01, percent: 95, subject: fire-safety, item: 1.1, source: fire-order, verified: true}
""",
    "examples.yaml": """\
- key: interval
  shape: interval
  title: Fire safety, every two years
  tells: It counts for so many months.
  requirement: fire-safety
  rule: {audience: everyone, met_by: {achieved: {subject: fire-safety, months: 24}}, first_due_days: null}
""",
    "organisations/icbs.yaml": """\
sources: [fire-order]
regions: [{key: north, name: North}]
boards:
  - {ods: QAA, name: Old, from: 2022-07-01, to: 2026-04-01, ods_verified: true, successors: [A1B2C]}
  - {ods: A1B2C, name: New, region: north, ons: E54000001, from: 2026-04-01, ods_verified: true}
""",
    "sources/fire-order.yaml": SOURCE,
}


def problems(file: str, old: str, new: str) -> list[str]:
    """What is found wrong once a piece of one file has been replaced."""
    assert old in FILES[file], "the piece to replace must be there"
    broken = FILES | {file: FILES[file].replace(old, new, 1)}
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(broken)
    return str(caught.value).splitlines()


def test_training_items_stand_by_the_day_from_which_they_hold() -> None:
    catalogue = read_catalogue(FILES)

    assert [(one.key, one.starts_on, one.percent) for one in catalogue.training_items] == [
        ("first", date(2020, 1, 1), 95),
        ("later", date(2026, 7, 1), 90),
    ]


def test_a_role_keeps_the_other_names_it_goes_by() -> None:
    catalogue = read_catalogue(FILES)

    assert {role.key: role.aliases for role in catalogue.roles} == {
        "gp-partner": (),
        "receptionist": ("Reception", "Front desk"),
        "cleaner": (),
    }


def test_a_requirement_keeps_its_decision_its_versions_and_the_other_answer() -> None:
    catalogue = read_catalogue(FILES)

    fire = catalogue.requirement("fire-safety")

    assert (fire.basis, fire.core, fire.column, fire.source) == (Force.LAW, True, "fire-safety", "fire-order")
    assert [version.rule.starts_on.isoformat() for version in fire.versions] == ["2022-04-01", "2025-01-01"]
    assert [version.note for version in fire.versions] == ["", "Passed assessments count too."]
    assert fire.versions[0].rule.audience == fire.versions[1].rule.audience
    assert [alternative.rule() for alternative in fire.alternatives] == [
        {"met_by": {"achieved": {"subject": "fire-safety", "level": 1, "months": 12, "expiry": "cap"}}}
    ]


def test_aliases_say_a_level_only_where_they_name_one() -> None:
    catalogue = read_catalogue(FILES)

    assert set(catalogue.aliases) == {
        Alias(Scheme.NAME, "Fire", "fire-safety", 1),
        Alias(Scheme.ELFH, "37856", "fire-safety", 1),
        Alias(Scheme.NAME, "Protection", "safeguarding", None),
        Alias(Scheme.NAME, "Safeguarding L2", "safeguarding", 2),
    }


def test_the_curriculum_makes_a_requirement_for_each_level_somebody_needs() -> None:
    catalogue = read_catalogue(FILES)

    made = {requirement.key: requirement.versions[0].rule for requirement in catalogue.requirements[1:]}

    written = {key: (rule.audience, rule.first_due_days) for key, rule in made.items()}
    assert {key: days for key, (_, days) in written.items()} == {
        "record-video-u": 60,
        "record-booking-u": 60,
        "record-booking-c": 90,
    }
    names = catalogue.names()
    assert made["record-booking-c"].met_by.words(names).startswith("Booking, level 3 or above")
    assert {subject.key for subject in catalogue.subjects} == {
        "fire-safety",
        "safeguarding",
        "record-video",
        "record-booking",
    }


def test_boards_are_those_of_the_day() -> None:
    boards = read_catalogue(FILES).boards
    change = boards.boards[1].starts_on

    assert [board.ods for board in boards.on(change.replace(month=3, day=31))] == ["QAA"]
    assert [board.ods for board in boards.on(change)] == ["A1B2C"]


def test_a_key_that_nothing_has_is_refused() -> None:
    catalogue = read_catalogue(FILES)

    with pytest.raises(KeyError):
        catalogue.source("nothing")
    with pytest.raises(KeyError):
        catalogue.requirement("nothing")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "sources/fire-order.yaml",
            "rationale:",
            "rational:",
            [
                "9: “rationale” is missing. Add it to this entry",
                "15: “rational” is not a key that is known here. Did you mean “rationale”?",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "months: 24}}",
            "months: 0}}",
            [
                "30: months must be a whole number, or null, from 1 to 1200, not 0",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "subject: fire-safety, level: 1",
            "subject: fire-saftey, level: 1",
            [
                "30: no level of a subject is called “fire-saftey 1”. Did you mean “fire-safety 1”?",
                "30: no subject is called “fire-saftey”. Did you mean “fire-safety”?",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "level: 1",
            "level: 2",
            ["30: no level of a subject is called “fire-safety 2”. Did you mean “fire-safety 1”?"],
        ),
        (
            "sources/fire-order.yaml",
            "role: [cleaner]",
            "role: [clown]",
            ["29: no role is called “clown”. Add the role or correct the name"],
        ),
        (
            "sources/fire-order.yaml",
            "{staff_group: [gp, admin]}",
            "{at: [QAA]}",
            [
                "29: “at” names somebody or somewhere; the catalogue is for every practice. Remove it",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "{all: [{staff_group: [gp, admin]}, {not: {role: [cleaner]}}]}",
            "{not: {role: [cleaner]}}",
            [
                (
                    "29: the audience must be “everyone”, one test, “any” of tests, or “all” of tests, “any”s "
                    "and “not”s, so that practices can add to it. Write it in one of these shapes"
                ),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "transition: {at_renewal: {}}",
            "notice_days: 30",
            [
                "32: transition is missing: every version but the first says how it takes over",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "from: 2025-01-01",
            "from: 2021-01-01",
            [
                ("32: from must be later than 2022-04-01, the “from” of the version before; it is 2021-01-01"),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "        published_at: 2024-12-09T00:00:00Z\n",
            "",
            [
                ("32: “published_at” is missing. Say when it was published, like 2024-10-31T00:00:00Z"),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "review_by: 2027-11-30",
            "review_by: 2027-11-31",
            ["17: “review_by” is not a day of the calendar: “2027-11-31”"],
        ),
        (
            "sources/fire-order.yaml",
            "short: Fire safety",
            "short: Fire safety for everyone at work",
            [
                (
                    "11: “short” must be text on one line of at most 24 characters, "
                    "not “Fire safety for everyone at work”"
                ),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "legal_force: law",
            "legal_force: statute",
            [
                ("6: “legal_force” must be one of: law, contract, regulator, guidance, local; it is “statute”"),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "checked_on: 2026-11-16\n",
            "",
            [
                ("6: “verified” cannot be true without “checked_on”. Say when it was read, or say false"),
            ],
        ),
        (
            "sources/fire-order.yaml",
            "says: Periodically., followed: true, verified: true",
            "says: Periodically., followed: true, verified: false",
            ["18: “verified” cannot be true when no source that is followed is. Say false"],
        ),
        (
            "sources/fire-order.yaml",
            "says: Periodically., followed: true",
            "says: Periodically, followed: yes please",
            [
                "18: “verified” cannot be true when no source that is followed is. Say false",
                "20: “followed” must be true or false, not “yes please”",
                "20: “sources” must name at least one source with “followed: true”",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "core: true\n",
            "core: true\n    core: false\n",
            ["14: “core” is written twice here. Keep one"],
        ),
        (
            "sources/fire-order.yaml",
            "minutes: 30",
            "minutes: half an hour",
            ["16: “minutes” must be a whole number from 1 to 6000, not “half an hour”"],
        ),
        (
            "sources/fire-order.yaml",
            "key: fire-order",
            "key: fire-law",
            None,
        ),
        (
            "sources/fire-order.yaml",
            "[{staff_group",
            "[[{staff_group",
            None,
        ),
        (
            "training-items.yaml",
            "percent: 95, subject: fire-safety",
            "percent: 101, subject: alchemy",
            None,
        ),
        (
            "training-items.yaml",
            "from: 2020-01-01",
            "from: 2026-07-01",
            [
                (
                    "2: “2026-07-01” is already a first day of a training item, at training-items.yaml:1. "
                    "Give this one another key"
                )
            ],
        ),
        (
            "roles.yaml",
            "Front desk",
            "front-desk, Partner",
            ["2: “partner” is already a name of a role, at roles.yaml:1. Give this one another key"],
        ),
        (
            "roles.yaml",
            "Front desk",
            "RECEPTION",
            ["2: “reception” is already a name of a role, at roles.yaml:2. Give this one another key"],
        ),
        (
            "roles.yaml",
            "staff_group: gp,",
            "staff_group: doctors,",
            ["1: no staff group is called “doctors”. Add the staff group or correct the name"],
        ),
        (
            "roles.yaml",
            "key: receptionist",
            "key: gp-partner",
            ["2: “gp-partner” is already a role, at roles.yaml:1. Give this one another key"],
        ),
        (
            "roles.yaml",
            "key: receptionist",
            "key: Receptionist!",
            [
                "2: “key” must be small letters and digits joined by hyphens, at most 40, not “Receptionist!”",
            ],
        ),
        (
            "subjects.yaml",
            "aliases: [Safeguarding L2]",
            "aliases: [fire]",
            ["11: “fire” is already a name of a subject, at subjects.yaml:4. Give this one another key"],
        ),
        (
            "equivalences.yaml",
            "level: 2",
            "level: 4",
            [
                "1: no level of a subject is called “safeguarding 4”. Did you mean “safeguarding 3”?",
            ],
        ),
        (
            "equivalences.yaml",
            "counts_as: fire-safety",
            "counts_as: safeguarding",
            [
                "1: no level of a subject is called “safeguarding 1”. Did you mean “safeguarding 3”?",
                "1: “counts_as” must be another subject: a record always counts as its own",
            ],
        ),
        (
            "conflicts.yaml",
            "    - {says: Every year., source: fire-order, verified: false}\n",
            "",
            ["4: “answers” must hold at least two answers. Add the other one, or remove the question"],
        ),
        (
            "conflicts.yaml",
            "requirements: [fire-safety]",
            "requirements: [record-video-u]",
            [
                (
                    "7: record-video-u has no alternatives though this question is about it. "
                    "Write the other answer there"
                ),
            ],
        ),
        (
            "curriculum.yaml",
            "desk: C",
            "desk: X",
            ["26: “desk” must be one of the marks A, C, U"],
        ),
        (
            "organisations/icbs.yaml",
            "successors: [A1B2C]",
            "successors: [A1B2D]",
            ["4: no board is called “A1B2D”. Did you mean “A1B2C”?"],
        ),
        (
            "organisations/icbs.yaml",
            "to: 2026-04-01",
            "to: 2022-07-01",
            ["4: “to” must be later than “from”, 2022-07-01"],
        ),
        (
            "organisations/icbs.yaml",
            "ods: A1B2C",
            "ods: a1",
            None,
        ),
        (
            "organisations/icbs.yaml",
            "ons: E54000001",
            "ons: E5",
            ["5: “ons” must be an ONS code like E54000050"],
        ),
        (
            "organisations/icbs.yaml",
            ", successors: [A1B2C]",
            "",
            ["4: “successors” must be said for a board that has ended, and for no other"],
        ),
        (
            "curriculum.yaml",
            "    marks: {gp: U, desk: A}\n",
            "",
            ["14: “marks” is missing. Add it to this entry"],
        ),
        (
            "curriculum.yaml",
            "published_at: 2023-06-12T00:00:00Z",
            "published_at: 2023-06-12",
            ["5: “published_at” must be a moment with an offset or Z, like 2026-11-22T12:00:00Z, not “2023-06-12”"],
        ),
        (
            "subjects.yaml",
            "elfh: [37856]",
            "elfh: [level one]",
            ["5: “elfh” must be a list of whole numbers, not “level one”"],
        ),
        (
            "subjects.yaml",
            "aliases: [Fire]",
            "aliases: Fire",
            ["4: “aliases” must be a list, not “Fire”"],
        ),
        (
            "subjects.yaml",
            "aliases: [Fire]",
            "aliases: [[Fire]]",
            ["4: “aliases” must be a list of texts, not a list"],
        ),
        (
            "sources/fire-order.yaml",
            "dated: 2005",
            "link: parliament.uk",
            ["4: “link” must start with https://"],
        ),
        (
            "sources/fire-order.yaml",
            "followed: true, ",
            "",
            [
                "18: “verified” cannot be true when no source that is followed is. Say false",
                "20: “followed” is missing. Add it to this entry",
                "20: “sources” must name at least one source with “followed: true”",
            ],
        ),
        (
            "sources/fire-order.yaml",
            "months: 24}}",
            "months: 1.5}}",
            ["30: months must be a whole number, or null, from 1 to 1200, not 1.5"],
        ),
        (
            "sources/fire-order.yaml",
            "{achieved: {subject: fire-safety, months: 12}}",
            "{achieved: {subject: fire-safety}}",
            ["25: months is missing"],
        ),
        (
            "sources/fire-order.yaml",
            SOURCE[SOURCE.index("    versions:") :],
            "    versions: []\n",
            ["26: “versions” must be a list of at least one version. Add one with its “from” and “published_at”"],
        ),
        (
            "sources/fire-order.yaml",
            "- {source: fire-order, clause",
            "- {source: other-order, clause",
            [
                "20: no source is called “other-order”. Did you mean “fire-order”?",
                "20: “sources” must cite fire-order, whose file this is. Cite it or move the requirement",
            ],
        ),
        ("areas.yaml", "- {key: safety, name: Safety at work}\n", "safety\n", None),
        ("tasks.yaml", "- {key: chaperone, name: Chaperone, source: fire-order, verified: true}", "- chaperone", None),
        ("staff-groups.yaml", "- {key: gp, name: GPs}", "- {key: gp, name: }", None),
    ],
)
def test_whatever_is_wrong_is_named_by_file_and_line(file: str, old: str, new: str, expected: list[str] | None) -> None:
    found = problems(file, old, new)

    assert found
    if expected is not None:
        assert found == [f"{file}:{line}" for line in expected]
    else:
        assert any(line.startswith(f"{file}:") for line in found)


def test_all_problems_are_told_at_once_in_the_order_of_files() -> None:
    broken = FILES | {
        "areas.yaml": "- {key: safety}\n",
        "notes.yaml": "- {}\n",
        "sources/fire-order.yaml": SOURCE.replace("2005", "long ago").replace("basis: law", "basis: none"),
    }

    with pytest.raises(CatalogueError) as caught:
        read_catalogue(broken)

    assert [str(problem) for problem in caught.value.problems] == [
        "areas.yaml:1: “name” is missing. Add it to this entry",
        "notes.yaml:1: is not a file of the catalogue. data/README.md says which there are",
        "sources/fire-order.yaml:4: “dated” must be a year, a month like 2024-10 or a date like 2024-10-31",
        "sources/fire-order.yaml:14: “basis” must be one of: law, contract, regulator, guidance, local; it is “none”",
    ]


def test_files_that_cannot_be_read_are_told_first() -> None:
    broken = FILES | {"services.yaml": "", "areas.yaml": "- {key: safety}\n"}
    del broken["states.yaml"]

    with pytest.raises(CatalogueError) as caught:
        read_catalogue(broken)

    assert [str(problem) for problem in caught.value.problems] == [
        "services.yaml:1: is empty. Write its entries or remove the file",
        "states.yaml:1: is missing. The catalogue needs this file, even if its list is empty",
    ]


def test_requirements_that_share_a_column_share_its_heading() -> None:
    second = SOURCE[SOURCE.index("  - key: fire-safety") :].replace("key: fire-safety", "key: fire-drill", 1)
    second = second.replace("short: Fire safety", "short: Drill\n    column: fire-safety").replace("&all ", "&more ")
    broken = FILES | {"sources/fire-order.yaml": SOURCE + second.replace("*all", "*more")}

    with pytest.raises(CatalogueError) as caught:
        read_catalogue(broken)

    assert "fire-drill and fire-safety share the column “fire-safety”" in str(caught.value)


def test_a_source_lives_in_the_file_of_its_key() -> None:
    moved = {file: text for file, text in FILES.items() if file != "sources/fire-order.yaml"}

    with pytest.raises(CatalogueError) as caught:
        read_catalogue(moved | {"sources/order.yaml": SOURCE})

    assert str(caught.value) == (
        "sources/order.yaml:1: “key” must be the name of the file. "
        "Name the file sources/fire-order.yaml or change the key"
    )


def test_another_answer_may_be_for_other_people() -> None:
    said = SOURCE.replace(
        "        met_by: {achieved: {subject: fire-safety, months: 12}}", "        audience: {role: [cleaner]}"
    )

    fire = read_catalogue(FILES | {"sources/fire-order.yaml": said}).requirement("fire-safety")

    assert [alternative.rule() for alternative in fire.alternatives] == [{"audience": {"role": ["cleaner"]}}]


@pytest.mark.parametrize("text", ["a: [1, 2", "\t- x", "&a [*a]", "- a\n--- \n- b", "\x00"])
def test_text_that_is_no_document_is_refused_with_its_file(text: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(FILES | {"tasks.yaml": text})

    assert str(caught.value).startswith("tasks.yaml:")
