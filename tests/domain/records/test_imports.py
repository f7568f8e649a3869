"""What a file of past training would add: kinds of file, whose rows they are, bad cells, and files brought twice."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from preceptor.compliance.records.domain import Achievement, Held, Owner, RecordKind
from preceptor.compliance.records.domain.imports import (
    PROFILES,
    NameSaid,
    NewRecord,
    Options,
    Pick,
    Plan,
    Profile,
    Surroundings,
    last_words,
    meaning,
    plan_of,
)
from preceptor.compliance.subjects.domain import Level, Named, Subject, SubjectCode, SubjectIndex
from preceptor.foundation.cells import Line, Sheet
from preceptor.register.people.domain import PersonId

RUTH, TOMASZ, AISHA, TWIN = (PersonId(UUID(int=number)) for number in (1, 2, 3, 4))
OWNERS = (
    Owner(RUTH, "Ruth Okafor", "Ruth", "Okafor", "ruth.okafor@example.nhs.uk", ""),
    Owner(TOMASZ, "Tomasz Nowak", "Tomasz", "Nowak", "tomasz.nowak@example.nhs.uk", ""),
    Owner(AISHA, "Aisha Rahman", "Aisha", "Rahman", "", "12A3456E"),
)
SUBJECTS = SubjectIndex(
    [
        Subject(SubjectCode("fire-safety"), "Fire safety", "safety", aliases=("Fire",)),
        Subject(
            SubjectCode("safeguarding-adults"),
            "Safeguarding adults",
            "safeguarding",
            tuple(Level(number, f"Level {number}") for number in (1, 2, 3)),
        ),
    ]
)
TODAY = date(2026, 11, 23)
AROUND = Surroundings(OWNERS, (), SUBJECTS, TODAY, importer=RUTH)
FIRE = Achievement("fire-safety", date(2026, 11, 19))


def _sheet(text: str, name: str = "") -> Sheet:
    rows = csv.reader(line.strip() for line in text.strip().splitlines())
    return Sheet(name, tuple(Line(n, tuple(cell.strip() or None for cell in row)) for n, row in enumerate(rows, 1)))


def _plan(text: str, around: Surroundings = AROUND, **options: object) -> Plan:
    return plan_of([_sheet(text)], around, Options(**options))  # type: ignore[arg-type] # the options of one test


def _added(plan: Plan) -> list[tuple[PersonId, Achievement]]:
    assert [str(problem) for problem in plan.problems] == []
    return [(new.person, new.achievement) for new in plan.new]


def _problems(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems]


def test_a_row_of_our_own_columns_becomes_a_record() -> None:
    plan = _plan(
        """
        email,subject,level,completed on,expires on,kind,minutes,participatory,provider,title,note
        tomasz.nowak@example.nhs.uk,Safeguarding adults,2,03/05/2026,2029-05-02,session,1:30,yes,Vale Hub,Spring,Slides
        """
    )

    assert plan.new == (
        NewRecord(
            line=2,
            person=TOMASZ,
            person_name="Tomasz Nowak",
            achievement=Achievement(
                subject="safeguarding-adults",
                on=date(2026, 5, 3),
                level=2,
                kind=RecordKind.SESSION,
                minutes=90,
                participatory=True,
                expires_on=date(2029, 5, 2),
                title="Spring",
                provider="Vale Hub",
                note="Slides",
            ),
            title="Safeguarding adults, level 2",
            is_own=False,
            has_left=False,
            again=False,
        ),
    )
    assert (plan.problems, plan.already_count, plan.left_out) == ((), 0, ())


@pytest.mark.parametrize(
    ("columns", "cells", "person"),
    [
        ("email", "TOMASZ.Nowak@example.nhs.uk", TOMASZ),
        ("professional number", "12a 3456e", AISHA),
        ("first name,last name", "aisha,RAHMAN", AISHA),
        ("Forename,Surname", "Tomasz Jan,Nowak", TOMASZ),
        ("name", "Ms Aisha Rahman", AISHA),
        ("Staff name", "Tomasz Nowak", TOMASZ),
        ("email,first name,last name", ",Tomasz,Nowak", TOMASZ),
        ("email,last name,first name", "elsewhere@example.nhs.uk,Nowak,Tomasz", TOMASZ),
    ],
)
def test_people_are_found_by_email_then_number_then_name(columns: str, cells: str, person: PersonId) -> None:
    plan = _plan(f"{columns},subject,completed on\n{cells},Fire,19/11/2026")

    assert _added(plan) == [(person, FIRE)]


@pytest.mark.parametrize(
    ("columns", "cells", "problem"),
    [
        ("email", "nobody@example.nhs.uk", "column A (email): Nobody here has email “nobody@example.nhs.uk”. Correct"),
        ("email,name", ",", "column B (name): Say whose record it is"),
        ("name", "Tomas Nowack", "column A (name): Nobody here is called “Tomas Nowack”. Did you mean Tomasz Nowak?"),
        ("name", "Zebedee Quux", "column A (name): Nobody here is called “Zebedee Quux”. Add the person first"),
        (
            "email,professional number",
            "ruth.okafor@example.nhs.uk,12A3456E",
            "column B (professional number): The email is Ruth Okafor’s but the number is Aisha Rahman’s",
        ),
    ],
)
def test_a_row_about_nobody_is_a_problem(columns: str, cells: str, problem: str) -> None:
    plan = _plan(f"{columns},subject,completed on\n{cells},Fire,19/11/2026")

    assert len(plan.problems) == 1
    assert problem.split(":", 1)[1].strip() in str(plan.problems[0])


def test_two_people_of_one_name_are_never_guessed_between() -> None:
    twins = replace(AROUND, owners=(*OWNERS, Owner(TWIN, "Tomasz Nowak", "Tomasz", "Nowak", "tn2@example.nhs.uk", "")))

    plan = _plan("name,email,subject,completed on\nTomasz Nowak,,Fire,19/11/2026", twins)
    surely = _plan("name,email,subject,completed on\nTomasz Nowak,tn2@example.nhs.uk,Fire,19/11/2026", twins)

    assert _problems(plan) == [
        "Line 2, column A (name): 2 people here are called “Tomasz Nowak”. Give an email address as well"
    ]
    assert _added(surely) == [(TWIN, FIRE)]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("subject", "Fire saftey", "“Fire saftey” is no subject here. Did you mean Fire safety"),
        ("subject", "", "Say what it was: a subject’s name"),
        ("subject", "Fire safety level 4", "Fire safety has no level 4. Its levels: 1 only"),
        ("level", "4", "Fire safety has no level 4"),
        ("level", "high", "“high” is not a level. Write a whole number"),
        ("completed on", "", "Say when it was done"),
        ("completed on", "soon", "“soon” is not a date. Write it like 30/11/2028 or 2028-11-30"),
        ("completed on", "31/02/2026", "“31/02/2026” is not a real date"),
        ("completed on", "24/11/2026", "Date finished must be today or in the past"),
        ("completed on", "31/12/1949", "Date finished must be in 1950 or later"),
        ("expires on", "18/11/2026", "The last valid day must not be before the date finished"),
        ("expires on", "later", "“later” is not a date"),
        ("kind", "dance", "“dance” is no kind of record. Use course, session"),
        ("minutes", "long", "“long” is not a number. Write it like 90"),
        ("minutes", "-5", "Minutes must be between 0 and 60,000"),
        ("participatory", "perhaps", "“perhaps” must be yes or no"),
        ("title", "x" * 201, "It is longer than 200 letters. Shorten it"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_its_column_and_what_to_do(column: str, cell: str, problem: str) -> None:
    good = {"email": "tomasz.nowak@example.nhs.uk", "subject": "Fire", "completed on": "19/11/2026"}
    row = good | {column: cell}
    letter = chr(ord("A") + list(row).index(column))

    plan = _plan(f"{','.join(row)}\n{','.join(good.values())}\n{','.join(row.values())}")

    assert len(plan.problems) == 1
    assert str(plan.problems[0]).startswith(f"Line 3, column {letter} ({column}): {problem}")


def test_every_problem_is_named_and_not_only_the_first() -> None:
    plan = _plan(
        """
        email,subject,completed on
        nobody@example.nhs.uk,Fire,19/11/2026
        tomasz.nowak@example.nhs.uk,Nothing,31/02/2026
        nobody@example.nhs.uk,Fire,never
        """
    )

    assert [(problem.line, problem.column) for problem in plan.problems] == [
        (2, "A (email)"),
        (3, "B (subject)"),
        (3, "C (completed on)"),
        (4, "A (email)"),
        (4, "C (completed on)"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n1,2", "Line 1: The first line must name the columns"),
        ("subject,completed on\nFire,19/11/2026", "The file does not say whose records they are"),
        ("first name,subject,completed on\nRuth,Fire,19/11/2026", "The file does not say whose records they are"),
        ("email,subject,course,completed on\na@b.uk,Fire,Fire,1/1/2026", "Two columns mean the same: C (course)"),
        ("Competency Name,Person\nFire,Ruth Okafor", "The file does not say when it was done"),
    ],
)
def test_a_file_without_the_columns_it_needs_is_refused_whole(text: str, problem: str) -> None:
    plan = _plan(text)

    assert len(plan.problems) == 1
    assert _problems(plan)[0].startswith(problem)
    assert plan.new == ()


def _held(achievement: Achievement, **how: bool) -> Held:
    said = {"withdrawn": False, "corrected": False} | how
    return Held(TOMASZ, achievement.subject, achievement.level, achievement.on, achievement.kind, **said)


ONE_ROW = "email,subject,completed on\ntomasz.nowak@example.nhs.uk,Fire,19/11/2026"


def test_what_is_in_the_ledger_already_is_not_added_again() -> None:
    plan = _plan(ONE_ROW, replace(AROUND, held=(_held(FIRE),)))

    assert (plan.new, plan.already_count) == ((), 1)


def test_what_was_withdrawn_is_added_again_and_said_to_be_so_but_not_what_was_corrected() -> None:
    withdrawn = _plan(ONE_ROW, replace(AROUND, held=(_held(FIRE, withdrawn=True),)))
    corrected = _plan(ONE_ROW, replace(AROUND, held=(_held(FIRE, withdrawn=True, corrected=True),)))

    assert [new.again for new in withdrawn.new] == [True]
    assert (corrected.new, corrected.already_count) == ((), 1)


def test_another_level_day_or_kind_is_another_record() -> None:
    others = tuple(
        _held(one)
        for one in (
            replace(FIRE, on=date(2026, 11, 18)),
            replace(FIRE, kind=RecordKind.SESSION),
            replace(FIRE, level=2),
        )
    )

    assert _added(_plan(ONE_ROW, replace(AROUND, held=others))) == [(TOMASZ, FIRE)]


def test_a_line_that_repeats_another_is_left_out_and_said_to_be_so_unless_it_is_a_log() -> None:
    row = "tomasz.nowak@example.nhs.uk,Fire,19/11/2026"
    courses = _plan(f"email,subject,completed on,kind\n{row},course\n{row},course")
    logs = _plan(f"email,subject,completed on,kind\n{row},log\n{row},log")

    assert [one.line for one in courses.new] == [2]
    assert [(one.line, one.reason) for one in courses.left_out] == [(3, "It says the same as line 2")]
    assert [one.line for one in logs.new] == [2, 3]


def test_of_three_logs_with_two_in_the_ledger_one_is_new() -> None:
    log = replace(FIRE, kind=RecordKind.LOG)
    row = "tomasz.nowak@example.nhs.uk,Fire,19/11/2026,log"

    plan = _plan(
        f"email,subject,completed on,kind\n{row}\n{row}\n{row}", replace(AROUND, held=(_held(log), _held(log)))
    )

    assert (len(plan.new), plan.already_count) == (1, 2)


def test_the_importers_own_record_waits() -> None:
    plan = _plan("name,subject,completed on\nRuth Okafor,Fire,19/11/2026\nTomasz Nowak,Fire,19/11/2026")

    assert [(new.person, new.waits) for new in plan.new] == [(RUTH, True), (TOMASZ, False)]


def test_a_list_from_the_electronic_staff_record_is_understood() -> None:
    plan = _plan(
        """
        Person,Competency Name,Expiry Date,Date Start,Last Updated By,Title,VPD
        "30212345-2|Nowak, Mr. Tomasz",NHS|CSTF|Fire Safety - 2 Years|,19-Nov-2028,19-Nov-26,"A01|Okafor, Ruth",Mr,457
        "Rahman, Aisha",NHS|CSTF|Safeguarding Adults - Level 2 - 3 Years|,no expiry,2026/05/03 00:00:00,A01|x,,457
        "Rahman, Aisha",,,,,,457
        """
    )

    assert plan.profile.endswith("(ESR)")
    assert _added(plan) == [
        (TOMASZ, replace(FIRE, expires_on=date(2028, 11, 19))),
        (AISHA, Achievement("safeguarding-adults", date(2026, 5, 3), 2)),
    ]
    assert [(one.line, one.reason) for one in plan.left_out] == [(4, "It names no competency")]
    assert [(one.words, one.title) for one in plan.readings] == [
        ("NHS|CSTF|Fire Safety - 2 Years|", "Fire safety"),
        ("NHS|CSTF|Safeguarding Adults - Level 2 - 3 Years|", "Safeguarding adults, level 2"),
    ]


def test_a_list_of_ones_own_needs_to_be_told_whose_it_is() -> None:
    text = "Competency Name,Expiry Date,Date Start,Last Updated By,Title,VPD\nFire,,19/11/2026,A01|Okafor,Mr,457"

    untold = _plan(text)
    told = _plan(text, about=AISHA)

    assert _problems(untold) == [
        "The file does not say whose records they are. Add a column “email”, or say which person it is about"
    ]
    assert _added(told) == [(AISHA, FIRE)]


def test_a_file_about_one_person_refuses_a_row_about_another() -> None:
    plan = _plan("name,subject,completed on\nTomasz Nowak,Fire,19/11/2026\nAisha Rahman,Fire,19/11/2026", about=AISHA)

    assert _problems(plan) == [
        "Line 2, column A (name): This row is about Tomasz Nowak, but the file is about Aisha Rahman"
    ]


def test_of_an_elfh_report_only_what_was_completed_or_passed_counts() -> None:
    plan = _plan(
        """
        User name,First name,Last name,Programme,Course,Status,Score,Started,Completed,Duration
        tnowak,Tomasz,Nowak,Statutory,Fire,Completed,90,18/11/2026,19/11/2026,0:35
        tnowak,Tomasz,Nowak,Statutory,Safeguarding adults level 1,Passed,85,1/5/2026,03/05/2026,0:40:10
        tnowak,Tomasz,Nowak,Statutory,Fire,In progress,,18/11/2026,,
        tnowak,Tomasz,Nowak,Statutory,Fire,4,,18/11/2026,19/11/2026,
        """
    )

    assert plan.profile.endswith("(elfh)")
    assert _added(plan) == [
        (TOMASZ, replace(FIRE, minutes=35)),
        (TOMASZ, Achievement("safeguarding-adults", date(2026, 5, 3), minutes=40)),
    ]
    assert [(one.line, one.reason) for one in plan.left_out] == [
        (4, "Its status is “In progress”"),
        (5, "Its status is “Failed”"),
    ]


def test_of_course_delegates_only_who_completed_counts() -> None:
    plan = _plan(
        """
        Course name,Last name,First name,Email,Delegate ID,Enrolled,Completed date,Time (minutes),Removed date
        Fire safety,Nowak,Tomasz,tomasz.nowak@example.nhs.uk,TN1,1/11/2026,19/11/2026,30,
        Fire safety,Rahman,Aisha,,AR1,1/11/2026,,5,
        Fire safety,Rahman,Aisha,,AR1,1/11/2026,2/11/2026,5,3/11/2026
        """
    )

    assert plan.profile == "Course delegates from Digital Learning Solutions"
    assert _added(plan) == [(TOMASZ, replace(FIRE, minutes=30))]
    assert [one.line for one in plan.left_out] == [3, 4]


def test_training_nobody_knows_is_left_out_only_when_that_was_said() -> None:
    text = "name,subject,completed on\nTomasz Nowak,Basket weaving,19/11/2026\nTomasz Nowak,Fire,19/11/2026"

    plan = _plan(text, leave_out_unknown=True)

    assert len(_plan(text).problems) == 1
    assert _added(plan) == [(TOMASZ, FIRE)]
    assert [(one.line, one.reason) for one in plan.left_out] == [(2, "“Basket weaving” is no subject here")]
    nobodys = text.replace("Tomasz Nowak,Basket", "Nobody Known,Basket")
    assert _plan(nobodys, leave_out_unknown=True) == plan


def test_every_sheet_of_the_kind_is_read_and_the_others_are_named() -> None:
    headings = "name,subject,completed on\n"
    sheets = [
        _sheet(headings + "Tomasz Nowak,Fire,19/11/2026", "2026"),
        _sheet("Notes\nCall Vale Hub", "Notes"),
        _sheet(headings + "Aisha Rahman,Fire,19/11/2026\nAisha Rahman,Fire,x", "2025"),
    ]

    plan = plan_of(sheets, AROUND, Options())

    assert [new.person for new in plan.new] == [TOMASZ, AISHA]
    assert plan.unread == ("Notes",)
    assert _problems(plan) == [
        "Sheet “2025”, line 3, column C (completed on): “x” is not a date. Write it like 30/11/2028 or 2028-11-30"
    ]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("90", 90), ("1:30", 90), ("1h 30m", 90), ("2 hours", 120), ("1.5 hours", 90), ("45 mins", 45), ("", 0)],
)
def test_lengths_are_read_as_people_write_them(words: str, minutes: int) -> None:
    plan = _plan(f"name,subject,completed on,duration\nTomasz Nowak,Fire,19/11/2026,{words}")

    assert [new.achievement.minutes for new in plan.new] == [minutes]


def test_two_plans_have_one_digest_only_if_they_add_the_same() -> None:
    one, same = _plan(ONE_ROW), _plan(ONE_ROW)
    other = _plan(ONE_ROW.replace("19/11", "18/11"))

    assert one.digest == same.digest
    assert len({one.digest, other.digest, Plan().digest}) == 3


@pytest.mark.parametrize("profile", PROFILES, ids=[profile.code for profile in PROFILES])
def test_every_kind_of_file_recognises_its_own_example(profile: Profile) -> None:
    plan = _plan(profile.example)

    assert plan.profile == profile.title
    assert _added(plan)[0][1].on == date(2026, 11, 19)


# Names that no subject goes by ---------------------------------------------------------------------------------------

ODD = """
email,subject,completed on
tomasz.nowak@example.nhs.uk,Blaze awareness,19/11/2026
ruth.okafor@example.nhs.uk,blaze  awareness,18/11/2026
tomasz.nowak@example.nhs.uk,Juggling adults,19/11/2026
"""
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def _said(words: str, pick: Pick, means: Named | None = None, *, at: datetime = AT) -> NameSaid:
    return NameSaid(words, pick, means, at, "Ruth Okafor")


def _with(*said: NameSaid) -> Surroundings:
    return replace(AROUND, names=last_words(said))


def test_unknown_names_are_listed_once_with_what_they_may_be_and_nothing_is_taken() -> None:
    plan = _plan(ODD)

    assert [(one.words, one.count) for one in plan.unknown] == [("Blaze awareness", 2), ("Juggling adults", 1)]
    assert [[each.title for each in one.likely] for one in plan.unknown] == [[], ["Safeguarding adults, level 1"]]
    assert plan.new == ()
    assert len(plan.problems) == 3


def test_a_name_that_was_said_to_be_a_subject_is_read_as_that_from_then_on() -> None:
    fire = meaning("fire-safety", 1)
    plan = _plan(ODD, _with(_said("BLAZE awareness", Pick.SUBJECT, fire), _said("Juggling adults", Pick.LEAVE_OUT)))

    assert _added(plan) == [
        (TOMASZ, FIRE),
        (RUTH, replace(FIRE, on=date(2026, 11, 18))),
    ]
    assert plan.unknown == ()
    assert [one.reason for one in plan.left_out] == ["“Juggling adults” is left out, as said before"]


def test_a_name_the_hub_is_asked_about_waits_without_stopping_the_others() -> None:
    plan = _plan(ODD, _with(_said("Blaze awareness", Pick.ASK), _said("Juggling adults", Pick.ASK)))

    assert (plan.new, plan.problems) == ((), ())
    assert plan.left_out[0].reason == "“Blaze awareness” waits for the hub’s answer"


def test_the_last_word_on_a_name_holds_and_what_was_taken_back_is_forgotten() -> None:
    fire, later = meaning("fire-safety", 1), AT + timedelta(hours=1)
    first, second = _said("Blaze", Pick.SUBJECT, fire), _said("blaze", Pick.LEAVE_OUT, at=later)
    forgotten = _said("Blaze", Pick.FORGET, at=later + timedelta(hours=1))

    assert list(last_words([first, second]).values()) == [second]
    assert last_words([first, second, forgotten]) == {}
