"""What a staff list would change, read against who is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.foundation.cells import Line, Sheet, Value
from preceptor.register.people.domain import EngagementId, Entry, PersonDetails, PersonId, RoleEntry, Terms
from preceptor.register.people.domain.staff_list import (
    COLUMNS,
    HEADINGS,
    Change,
    KnownEngagement,
    KnownPerson,
    Lists,
    Mentioned,
    Plan,
    Surroundings,
    mentioned_in,
    plan_of,
)

TODAY = date(2026, 11, 23)
LISTS = Lists(
    roles=(
        RoleEntry("gp-partner", "GP partner", "gp"),
        RoleEntry("gp-locum", "Locum GP", "gp"),
        RoleEntry("practice-nurse", "Practice nurse", "nurse", ("PN",)),
        RoleEntry("receptionist", "Receptionist", "admin"),
        RoleEntry("medical-secretary", "Medical secretary", "admin"),
    ),
    groups=(Entry("gp", "GPs"), Entry("nurse", "Nurses"), Entry("admin", "Admin and non-clinical")),
    kinds=(Entry("employed", "Employed"), Entry("partner", "Partner"), Entry("locum", "Locum")),
    tasks=(Entry("chaperone", "Chaperone"), Entry("fire-marshal", "Fire marshal")),
)
AISHA = PersonId(UUID(int=1))
MEI = PersonId(UUID(int=2))
HELEN = PersonId(UUID(int=3))
BEN = PersonId(UUID(int=4))
RECEPTION = Terms("receptionist", "admin", "employed", date(2024, 2, 12), None, Decimal("22.50"))
NURSE = Terms("practice-nurse", "nurse", "employed", date(2022, 9, 5))

PEOPLE = (
    KnownPerson(AISHA, PersonDetails("Aisha", "Rahman", "", "aisha@example.nhs.uk", "12A3456E"), True, False),
    KnownPerson(MEI, PersonDetails("Mei", "Lin", "Dr", "mei@example.nhs.uk", "7054321"), True, True),
    KnownPerson(HELEN, PersonDetails("Helen", "Marsh", "Dr", "helen@example.nhs.uk", "6012345"), False, True),
    KnownPerson(BEN, PersonDetails("Ben", "Ali"), True, False),
)
ENGAGEMENTS = (
    KnownEngagement(EngagementId(UUID(int=11)), AISHA, NURSE, frozenset({"chaperone"})),
    KnownEngagement(EngagementId(UUID(int=12)), MEI, Terms("gp-locum", "gp", "locum", date(2024, 6, 3)), frozenset()),
    KnownEngagement(EngagementId(UUID(int=14)), BEN, RECEPTION, frozenset()),
)
AROUND = Surroundings(PEOPLE, ENGAGEMENTS, LISTS, TODAY)


def sheet(headings: str, *rows: Sequence[Value], name: str = "") -> Sheet:
    lines = [tuple(headings.split(",")), *(tuple(value or None for value in row) for row in rows)]
    return Sheet(name, tuple(Line(number, cells) for number, cells in enumerate(lines, start=1)))


def planned(headings: str, *rows: Sequence[Value], around: Surroundings = AROUND) -> Plan:
    return plan_of([sheet(headings, *rows)], around)


def told(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems]


def after(plan: Plan, around: Surroundings) -> Surroundings:
    """What is known once a plan has been carried out, as the actions do it."""
    people = {one.id: one for one in around.people}
    held = {one.id: one for one in around.engagements}
    for number, new in enumerate(plan.new, start=1000):
        key = new.person or PersonId(UUID(int=number))
        shared = people[key].is_shared if key in people else False
        people[key] = KnownPerson(key, new.details, True, shared)
        fresh = EngagementId(UUID(int=number + 1000))
        held[fresh] = KnownEngagement(fresh, key, new.terms, frozenset(new.tasks))
    for number, changed in enumerate(plan.changed, start=5000):
        old = held[changed.engagement]
        if changed.details:
            people[changed.person] = replace(people[changed.person], details=changed.details)
        if changed.moved:
            ended = replace(old.terms, ends_on=changed.moved.starts_on)
            held[old.id] = replace(old, terms=ended)
            fresh = EngagementId(UUID(int=number))
            held[fresh] = KnownEngagement(fresh, changed.person, changed.moved, frozenset(changed.tasks))
        else:
            terms = changed.terms or old.terms
            held[old.id] = replace(old, terms=terms, tasks=old.tasks | set(changed.tasks))
    return replace(around, people=tuple(people.values()), engagements=tuple(held.values()))


def test_somebody_new_is_added_with_their_engagement() -> None:
    plan = planned(
        "Title,First name,Last name,Email,Registration number,Job title,Start,Hours,Tasks",
        ("Ms", "Ana", "Lee", "ana@example.nhs.uk", "98 y1234e", "pn", "1/12/2026", "30", "Chaperone; fire marshal"),
    )

    (new,) = plan.new
    assert (new.person, new.name, new.tasks) == (None, "Ana Lee", ("chaperone", "fire-marshal"))
    assert new.details == PersonDetails("Ana", "Lee", "Ms", "ana@example.nhs.uk", "98Y1234E")
    assert new.terms == Terms("practice-nurse", "nurse", "employed", date(2026, 12, 1), None, Decimal("30.00"))


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        ("GP partner", "", "partner"),
        ("Locum GP", "", "locum"),
        ("Receptionist", "", "employed"),
        ("Receptionist", "locum", "locum"),
    ],
)
def test_how_someone_is_engaged_follows_the_role_unless_it_is_said(role: str, kind: str, expected: str) -> None:
    plan = planned("name,role,kind,start date", ("Ana Lee", role, kind, "2026-12-01"))

    assert [one.terms.kind for one in plan.new] == [expected]


@pytest.mark.parametrize("whole", ["Dr Ana Maria Lee", "Lee, Dr Ana Maria", "dr. Ana Maria  Lee", "Lee,Dr. Ana Maria"])
def test_a_whole_name_is_taken_apart(whole: str) -> None:
    (new,) = planned("name,role,start date", (whole, "receptionist", "2026-12-01")).new

    assert (new.details.title.lower(), new.details.given_name, new.details.family_name) == ("dr", "Ana Maria", "Lee")


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("email,hours", ("AISHA@example.nhs.uk", "30")),
        ("registration number,surname,hours", ("12a3456e", "rahman", "30")),
        ("first name,last name,hours", ("aisha", "RAHMAN", "30")),
    ],
)
def test_somebody_here_is_found_by_address_number_or_name(headings: str, row: tuple[str, ...]) -> None:
    (changed,) = planned(headings, row).changed

    assert (changed.person, changed.engagement) == (AISHA, ENGAGEMENTS[0].id)
    assert changed.changes == (Change("Hours a week", "", "30"),)
    assert changed.terms == replace(NURSE, weekly_hours=Decimal("30.00"))


def test_blank_cells_and_other_capitals_change_nothing() -> None:
    plan = planned(
        "first name,last name,email,role,kind,start date,last day,hours,tasks",
        ("AISHA", "RAHMAN", "Aisha@example.nhs.uk", "Practice Nurse", "", "", "", "", "chaperone"),
    )

    assert (plan.is_empty, plan.unchanged_count, plan.problems) == (True, 1, ())


def test_every_change_is_told_from_what_to_what() -> None:
    plan = planned(
        "title,first name,last name,email,number,registration number,staff group,kind,start date,last day,hours,tasks",
        (
            *("Mr", "Benjamin", "Ali", "ben@example.nhs.uk", "7", "X1", "nurse", "locum"),
            *("2024-03-01", "31/12/2026", "20", "fire marshal"),
        ),
        around=replace(
            AROUND, people=(replace(PEOPLE[3], details=PersonDetails("Ben", "Ali", email="ben@example.nhs.uk")),)
        ),
    )

    assert plan.unread == ("E (number)",)
    assert plan.changed[0].changes == (
        Change("Title", "", "Mr"),
        Change("First name", "Ben", "Benjamin"),
        Change("Professional number", "", "X1"),
        Change("First day", "12 February 2024", "1 March 2024"),
        Change("Staff group", "Admin and non-clinical", "Nurses"),
        Change("Engaged as", "Employed", "Locum"),
        Change("Last day", "", "31 December 2026"),
        Change("Hours a week", "22.5", "20"),
        Change("Task", "", "Fire marshal"),
    )


def test_another_role_from_a_later_day_is_a_change_of_role_that_keeps_the_tasks() -> None:
    plan = planned("email,role,start date", ("aisha@example.nhs.uk", "Receptionist", "2026-12-01"))

    (changed,) = plan.changed
    assert changed.moved == Terms("receptionist", "admin", "employed", date(2026, 12, 1))
    assert changed.tasks == ("chaperone",)
    assert changed.changes == (
        Change("Role", "Practice nurse", "Receptionist from 1 December 2026"),
        Change("Staff group", "Nurses", "Admin and non-clinical"),
    )


@pytest.mark.parametrize("start", ["", "2022-09-05", "2020-01-01"])
def test_another_role_without_a_later_day_is_asked_about(start: str) -> None:
    plan = planned("email,role,start date", ("aisha@example.nhs.uk", "Receptionist", start))

    assert told(plan) == [
        (
            "Line 2, column B (role): Here they are Practice nurse. If that changed, enter the first day in the new "
            "role as the start date; if it was never right, correct it on their page"
        )
    ]


def test_the_first_day_of_an_earlier_role_corrects_nothing() -> None:
    earlier = KnownEngagement(
        EngagementId(UUID(int=20)), BEN, replace(RECEPTION, ends_on=date(2026, 3, 1)), frozenset()
    )
    later = KnownEngagement(
        EngagementId(UUID(int=21)), BEN, Terms("medical-secretary", "admin", "employed", date(2026, 3, 1)), frozenset()
    )
    around = replace(AROUND, engagements=(earlier, later))

    plan = planned("name,role,start date", ("Ben Ali", "Medical secretary", "2024-02-12"), around=around)

    assert (plan.unchanged_count, plan.problems) == (1, ())


def test_a_leaver_in_the_list_stays_gone() -> None:
    gone = replace(ENGAGEMENTS[2], terms=replace(RECEPTION, ends_on=date(2026, 3, 1)))
    around = replace(AROUND, engagements=(gone,))

    plan = planned(
        "name,role,start date,last day",
        ("Ben Ali", "Receptionist", "", "28/2/2026"),
        around=around,
    )
    again = planned("name,role,start date", ("Ben Ali", "Receptionist", "12/2/2024"), around=around)

    assert (plan.unchanged_count, again.unchanged_count) == (1, 1)


def test_somebody_who_comes_back_has_another_engagement() -> None:
    gone = replace(ENGAGEMENTS[2], terms=replace(RECEPTION, ends_on=date(2026, 3, 1)))
    around = replace(AROUND, engagements=(gone,))

    back = planned("name,role,start date", ("Ben Ali", "Receptionist", "1/12/2026"), around=around)
    unclear = planned("name,role", ("Ben Ali", "Medical secretary"), around=around)
    overlapping = planned("name,role,start date", ("Ben Ali", "Receptionist", "1/2/2026"), around=around)

    assert [(one.person, one.is_back, one.terms.starts_on) for one in back.new] == [(BEN, True, date(2026, 12, 1))]
    assert told(unclear) == [
        "Line 2, column start date: They left after 28/02/2026. Enter the first day if they are back"
    ]
    assert told(overlapping) == [
        "Line 2, column C (start date): They already have this role here on some of those days"
    ]


def test_somebody_known_elsewhere_is_linked_and_nothing_of_them_is_shown_or_changed() -> None:
    plan = planned(
        "first name,last name,email,registration number,role,start date",
        ("H.", "MARSH", "helen@example.nhs.uk", "999", "GP partner", "1/12/2026"),
    )

    (new,) = plan.new
    assert (new.person, new.name, new.is_back) == (HELEN, "H. MARSH", False)
    assert new.details == PEOPLE[2].details


def test_the_details_of_someone_who_also_works_elsewhere_stay_and_that_is_said() -> None:
    plan = planned(
        "first name,last name,email,hours",
        ("Mae", "Lin", "mei@example.nhs.uk", "8"),
    )

    assert (plan.kept, plan.changed[0].details) == (("Dr Mei Lin",), None)
    assert plan.changed[0].changes == (Change("Hours a week", "", "8"),)


@pytest.mark.parametrize(
    ("headings", "row", "problem"),
    [
        (
            "name,role,start date",
            ("Ana Lee", "Practise nurse", "1/12/2026"),
            "Line 2, column B (role): No role is called “Practise nurse”. Did you mean Practice nurse?",
        ),
        (
            "name,role,start date",
            ("Ana Lee", "Wizard", "1/12/2026"),
            "Line 2, column B (role): No role is called “Wizard”. Use a name from the list in Preceptor",
        ),
        (
            "name,role,start date",
            ("Ana Lee", "Receptionist", "31/2/2026"),
            "Line 2, column C (start date): “31/2/2026” is not a real date",
        ),
        (
            "name,role,start date",
            ("Ana Lee", "Receptionist", "1/2/1926"),
            "Line 2, column C (start date): 1926 is too long ago",
        ),
        (
            "name,role,start date,last day",
            ("Ana Lee", "Receptionist", "1/2/2026", "31/1/2026"),
            "Line 2, column D (last day): The last day must not be before the first",
        ),
        (
            "name,role,start date,hours",
            ("Ana Lee", "Receptionist", "1/2/2026", "99"),
            "Line 2, column D (hours): Weekly hours must be a number of hours, at most 80, like 22.5",
        ),
        (
            "name,role,start date,kind",
            ("Ana Lee", "Receptionist", "1/2/2026", "borrowed"),
            (
                "Line 2, column D (kind): No kind of engagement is called “borrowed”. "
                "Use a name from the list in Preceptor"
            ),
        ),
        (
            "name,role,start date,group",
            ("Ana Lee", "Receptionist", "1/2/2026", "Nurse"),
            "",
        ),
        (
            "name,role,start date,tasks",
            ("Ana Lee", "Receptionist", "1/2/2026", "Chaperon; broom"),
            "Line 2, column D (tasks): No task is called “Chaperon”. Did you mean Chaperone?",
        ),
        (
            "name,email,role,start date",
            ("Ana Lee", "ana at example", "Receptionist", "1/2/2026"),
            "Line 2, column B (email): “ana at example” is not an email address. Write it like name@example.nhs.uk",
        ),
        (
            "name,role,start date",
            ("A" * 101 + " Lee", "Receptionist", "1/2/2026"),
            "Line 2, column A (name): The name is too long",
        ),
        (
            "title,name,role,start date",
            ("Her Royal Highness the", "Ana Lee", "Receptionist", "1/2/2026"),
            "Line 2, column A (title): “Her Royal Highness the” is too long: at most 20 letters",
        ),
        ("name,email", ("Ana Lee", ""), "Line 2, column role: Enter a role, as they are new here"),
        (
            "email,role,start date",
            ("ana@example.nhs.uk", "Receptionist", "1/2/2026"),
            "Line 2, column first name: Enter a first name",
        ),
        (
            "name,email,role,start date",
            ("Helen Marshall", "helen@example.nhs.uk", "GP partner", "1/2/2026"),
            (
                "Line 2, column B (email): This email address belongs to someone with another last name. "
                "Check it, and the name"
            ),
        ),
        (
            "name,email",
            ("Tom Price", "aisha@example.nhs.uk"),
            "Line 2, column B (email): This email address belongs to Aisha Rahman. Check it, and the name",
        ),
        (
            "email,registration number",
            ("aisha@example.nhs.uk", "7054321"),
            "Line 2, column B (registration number): This number belongs to someone else than the email address",
        ),
        (
            "name,registration number",
            ("Aisha Rahman", "99Z9999E"),
            (
                "Line 2, column B (registration number): Aisha Rahman has another number here. If this is someone "
                "else, give their email address; if it is a mistake, correct it"
            ),
        ),
    ],
)
def test_a_bad_row_is_named_with_its_place_and_what_to_do(headings: str, row: tuple[str, ...], problem: str) -> None:
    plan = planned(headings, row)

    assert (told(plan)[0] if problem else told(plan)) == (problem or [])
    assert plan.is_empty == bool(problem)


def test_all_problems_are_named_and_nothing_of_the_good_rows_is_planned() -> None:
    plan = planned(
        "name,role,start date",
        ("Ana Lee", "Receptionist", "1/12/2026"),
        ("Bo Day", "Wizard", "soon"),
        ("Cy Ray", "", ""),
    )

    assert [(one.line, one.column) for one in plan.problems] == [
        (3, "B (role)"),
        (3, "C (start date)"),
        (4, "B (role)"),
        (4, "C (start date)"),
    ]
    assert (plan.new, plan.changed) == ((), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ana Lee", "ana@example.nhs.uk", ""), ("Ann Lea", "ANA@example.nhs.uk", "")),
        (("Ana Lee", "", "123"), ("Ann Lea", "", "123")),
        (("Ana Lee", "", ""), ("ana lee", "ana@example.nhs.uk", "")),
        (("Aisha Rahman", "", ""), ("A. Rahman", "aisha@example.nhs.uk", "")),
    ],
)
def test_the_same_person_twice_is_named_on_both_rows(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    rows = [(*row, "Receptionist", "1/12/2026") for row in (one, ("Bo Day", "", ""), other)]

    plan = planned("name,email,registration number,role,start date", *rows)

    twice = [(problem.line, problem.message) for problem in plan.problems if "too" in problem.message]
    assert [line for line, _ in twice] == [2, 4]
    assert twice[0][1].endswith("is on line 4 too. Keep one line; add a second role on their page")


def test_two_new_people_of_one_name_are_told_apart_by_their_addresses() -> None:
    rows = [("Ana Lee", f"ana{number}@example.nhs.uk", "Receptionist", "1/12/2026") for number in (1, 2)]

    assert len(planned("name,email,role,start date", *rows).new) == 2


def test_two_people_of_one_name_here_need_an_address() -> None:
    twin = KnownPerson(PersonId(UUID(int=9)), PersonDetails("Ben", "Ali", email="ben.two@example.nhs.uk"), True, False)
    around = replace(AROUND, people=(*PEOPLE, twin))

    plan = planned("name,email,hours", ("Ben Ali", "", "20"), around=around)

    assert told(plan) == [
        "Line 2, column B (email): Several people fit this. Give the email address of the one who is meant"
    ]


def test_someone_with_several_roles_here_is_asked_which() -> None:
    second = KnownEngagement(
        EngagementId(UUID(int=30)), BEN, Terms("medical-secretary", "admin", "employed", date(2025, 1, 1)), frozenset()
    )
    around = replace(AROUND, engagements=(*ENGAGEMENTS, second))

    plans = [
        planned("name,role,hours", ("Ben Ali", role, "10"), around=around)
        for role in ("", "Practice nurse", "Medical secretary")
    ]

    assert [told(plan) for plan in plans[:2]] == [
        ["Line 2, column B (role): They have several roles here. Say which is meant"],
        ["Line 2, column B (role): They have several roles here, and not this one. Add it on their page"],
    ]
    assert plans[2].changed[0].engagement == second.id


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ([sheet("colour,size", ("red", "9"))], "No columns of a staff list were found"),
        ([sheet("name,role,start date")], "There are no people under the headings"),
        ([sheet("name,email,e-mail", ("Ana Lee", "", ""))], "Column C (e-mail): Another column says the same"),
    ],
)
def test_a_file_that_is_no_staff_list_says_so(sheets: list[Sheet], words: str) -> None:
    assert words in told(plan_of(sheets, AROUND))[0]


def test_every_sheet_with_the_headings_is_read_and_named() -> None:
    sheets = [
        sheet("name,role,start date", ("Ana Lee", "Receptionist", "1/12/2026"), name="Desk"),
        sheet("colour,size", ("red", "9"), name="Uniforms"),
        sheet("name,role,start date", ("Bo Day", "Wizard", "1/12/2026"), name="Others"),
    ]

    assert [(one.sheet, one.line) for one in plan_of(sheets, AROUND).problems] == [("Others", 2)]


def test_whom_a_file_mentions_is_found_before_it_is_read() -> None:
    mentioned = mentioned_in([sheet("name,email,pin", ("Ana Lee", "ANA@example.nhs.uk", "12 a 3"), ("Bo Day", "", ""))])

    assert mentioned == Mentioned(frozenset({"ana@example.nhs.uk"}), frozenset({"12A3"}))


def test_every_column_is_explained() -> None:
    assert {name for name, _ in COLUMNS} == set(HEADINGS) - {"name"}


NAMES = st.sampled_from(
    ["Ana Lee", "Bo Day", "Cy Ray", "Aisha Rahman", "Ben Ali", "Mei Lin", "Helen Marsh", "Dr Di Fox"]
)
CELLS = {
    "email": st.sampled_from(["", "aisha@example.nhs.uk", "new@example.nhs.uk", "helen@example.nhs.uk"]),
    "registration number": st.sampled_from(["", "", "6012345", "999"]),
    "role": st.sampled_from(["", "Receptionist", "Practice nurse", "Locum GP"]),
    "start date": st.sampled_from(["", "12/02/2024", "5/9/2022", "1/12/2026", "1/1/2020"]),
    "last day": st.sampled_from(["", "", "31/12/2026", "1/6/2025"]),
    "hours": st.sampled_from(["", "20"]),
    "tasks": st.sampled_from(["", "chaperone", "fire marshal"]),
}


@given(st.lists(st.tuples(NAMES, *CELLS.values()), min_size=1, max_size=4, unique_by=lambda row: row[0]))
def test_a_list_that_was_carried_out_changes_nothing_when_it_comes_again(rows: list[tuple[str, ...]]) -> None:
    headings = ",".join(["name", *CELLS])
    first = planned(headings, *rows)
    if first.problems:
        return

    again = planned(headings, *rows, around=after(first, AROUND))

    assert (told(again), [one.changes for one in again.changed], again.new) == ([], [], ())


def test_the_reference_names_every_column_and_every_name_it_goes_by() -> None:
    lines = (Path(__file__).parents[3] / "docs/reference/import-staff.md").read_text("utf-8").splitlines()
    told = {
        cells[0].strip("` "): {one.strip().casefold() for one in cells[2].split(",")}
        for line in lines
        if line.startswith("| `") and len(cells := line.strip("| ").split(" | ")) == 3
    }

    assert told == {column: {name.casefold() for name in names} for column, names in HEADINGS.items()}
