"""Bringing a staff list: the preview, the yes, and the same file again."""

import io
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import HeldFile, hold
from preceptor.foundation.tables import MAX_BYTES
from preceptor.register.people.actions import PlanChangedError, end_engagement, import_staff
from preceptor.register.people.jobs import import_staff_file
from preceptor.register.people.models import Engagement, EngagementTerm, Person
from preceptor.register.people.queries import engagements_at, engagements_of, staff_list_plan, tasks_known
from tests.cast import ALDER, BUILDER, NOW, TODAY, Cast, signed_in

HEADINGS = "first name,last name,email,role,kind,start date,last day,hours,tasks\n"
STAFF = HEADINGS + (
    "Dean,Whitlock,dean@example.nhs.uk,Receptionist,,2/11/2026,,22.5,Chaperone; Fire marshal\n"
    "Helen,Marsh,helen.marsh@example.nhs.uk,,,,31/12/2026,,Safeguarding lead\n"
    "Tomasz,Nowak,tomasz.nowak@example.nhs.uk,Medical secretary,,1/12/2026,,,\n"
    "Owen,Price,owen.price@example.nhs.uk,Practice manager,,1/12/2026,,7.5,\n"
    "Aisha,Rahman,aisha.rahman@example.nhs.uk,Practice nurse,Employed,5/9/2022,,30,Vaccinator\n"
)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Keep what is held in a folder of the test's own."""
    settings.FILES_ROOT = tmp_path / "files"


def held(text: str = STAFF) -> HeldFile:
    return hold(text.encode(), "staff.csv", NOW)


def digest(cast: Cast, text: str = STAFF) -> str:
    return staff_list_plan(EVERYWHERE, cast.alder, "staff.csv", text.encode(), TODAY).digest


def here(cast: Cast) -> dict[str, list[tuple[str, date | None, date | None]]]:
    found: dict[str, list[tuple[str, date | None, date | None]]] = {}
    for row in engagements_at(EVERYWHERE, cast.alder):
        found.setdefault(str(row.engagement.person), []).append((row.role_id, row.starts_on, row.ends_on))
    return found


def test_a_staff_list_is_carried_out_whole(cast: Cast) -> None:
    before = here(cast)

    done = import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(), agreed=digest(cast))

    after = here(cast)
    dean = Person.objects.get(email="dean@example.nhs.uk")
    assert done == 4
    assert {name: rows for name, rows in after.items() if rows != before.get(name)} == {
        "Dean Whitlock": [("receptionist", date(2026, 11, 2), None)],
        "Dr Helen Marsh": [("gp-partner", date(2015, 4, 1), date(2027, 1, 1))],
        "Tomasz Nowak": [
            ("receptionist", date(2024, 2, 12), date(2026, 12, 1)),
            ("medical-secretary", date(2026, 12, 1), None),
        ],
        "Owen Price": [("practice-manager", date(2026, 12, 1), None)],
    }
    assert [row.engagement.organisation.code for row in engagements_of(EVERYWHERE, cast.owen.person)] == [
        ALDER,
        "A81003",
    ]
    tasks = {
        name: sorted(one.task_id for one in tasks_known(EVERYWHERE, list(rows)))
        for name, rows in {
            "dean": dean.engagements.values_list("pk", flat=True),
            "helen": [cast.helen.engagement],
            "tomasz": Engagement.objects.filter(person_id=cast.tomasz.person)
            .exclude(pk=cast.tomasz.engagement)
            .values_list("pk", flat=True),
        }.items()
    }
    assert tasks == {
        "dean": ["chaperone", "fire-marshal"],
        "helen": ["safeguarding-lead"],
        "tomasz": ["chaperone"],
    }


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(), agreed=digest(cast))
    terms, people = EngagementTerm.objects.count(), Person.objects.count()

    again = staff_list_plan(EVERYWHERE, cast.alder, "staff.csv", STAFF.encode(), TODAY)
    done = import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(), agreed=again.digest)

    assert (again.is_empty, again.unchanged_count, done) == (True, 5, 0)
    assert (EngagementTerm.objects.count(), Person.objects.count()) == (terms, people)


def test_corrections_and_somebody_back_are_written_and_then_change_nothing(cast: Cast) -> None:
    end_engagement(by=BUILDER, at=NOW, engagement=cast.aisha.engagement, ends_on=date(2026, 3, 1))
    text = HEADINGS + (
        "Aishah,Rahman,aisha.rahman@example.nhs.uk,Practice nurse,,1/12/2026,,,\n"
        "Tom,Nowak,tomasz.nowak@example.nhs.uk,Receptionist,,1/3/2024,,20,\n"
    )

    import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(text), agreed=digest(cast, text))

    found = here(cast)
    assert found["Aishah Rahman"] == [
        ("practice-nurse", date(2022, 9, 5), date(2026, 3, 1)),
        ("practice-nurse", date(2026, 12, 1), None),
    ]
    assert found["Tom Nowak"] == [("receptionist", date(2024, 3, 1), None)]
    assert staff_list_plan(EVERYWHERE, cast.alder, "staff.csv", text.encode(), TODAY).is_empty


def test_nothing_is_half_imported(cast: Cast) -> None:
    text = STAFF + "Bo,Day,bo@example.nhs.uk,Wizard,,1/12/2026,,,\n"
    before = here(cast)

    with pytest.raises(Refusal, match="has problems"):
        import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(text), agreed=digest(cast, text))

    assert here(cast) == before


def test_what_was_agreed_to_is_what_is_done(cast: Cast) -> None:
    agreed = digest(cast)
    end_engagement(by=BUILDER, at=NOW, engagement=cast.helen.engagement, ends_on=date(2027, 1, 1))

    with pytest.raises(PlanChangedError, match="Something changed"):
        import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=held(), agreed=agreed)


def test_a_file_that_is_no_longer_held_is_asked_for_again(cast: Cast) -> None:
    with pytest.raises(PlanChangedError, match="Choose it again"):
        import_staff(
            by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=HeldFile("staff.csv", "0" * 64), agreed=""
        )


def test_nobody_imports_elsewhere_or_without_the_permission(cast: Cast) -> None:
    with pytest.raises(Http404):
        import_staff(by=cast.owen.viewer, at=NOW, organisation=cast.alder, file=held(), agreed="")
    with pytest.raises(PermissionDenied):
        import_staff(by=cast.tomasz.viewer, at=NOW, organisation=cast.alder, file=held(), agreed="")


def test_a_thousand_lines_are_read_in_as_many_queries_as_one(cast: Cast) -> None:
    lines = [f"Ana{n},Lee{n},ana{n}@example.nhs.uk,Receptionist,,1/12/2026,,," for n in range(1000)]
    counts = []
    for some in (lines[:1], lines):
        with CaptureQueriesContext(connection) as queries:
            plan = staff_list_plan(EVERYWHERE, cast.alder, "s.csv", (HEADINGS + "\n".join(some)).encode(), TODAY)
        counts.append((len(plan.new), len(queries)))

    assert counts == [(1, 8), (1000, 8)]


def test_a_thousand_new_people_are_written_in_a_few_statements(cast: Cast) -> None:
    lines = [f"Ana{n},Lee{n},ana{n}@example.nhs.uk,Receptionist,,1/12/2026,,,Chaperone" for n in range(1000)]
    text = HEADINGS + "\n".join(lines)
    file, agreed = held(text), digest(cast, text)

    with CaptureQueriesContext(connection) as queries:
        done = import_staff(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=file, agreed=agreed)

    assert done == 1000
    assert len(queries) < 30


def test_the_command_door_names_problems_and_changes_nothing_on_a_dry_run(cast: Cast, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(STAFF, encoding="utf-8")
    bad.write_text(HEADINGS + "Bo,Day,,Wizard,,1/12/2026,,,\n", encoding="utf-8")

    wrong = import_staff_file(bad, practice=ALDER, by=BUILDER, at=NOW)
    dry = import_staff_file(good, practice="a81001", by=BUILDER, at=NOW, dry_run=True)
    people = Person.objects.count()
    real = import_staff_file(good, practice=ALDER, by=BUILDER, at=NOW)

    assert [str(one) for one in wrong.plan.problems] == [
        "Line 2, column D (role): No role is called “Wizard”. Use a name from the list in Preceptor"
    ]
    assert (wrong.done_count, dry.done_count, len(dry.plan.new), real.done_count) == (None, None, 2, 4)
    assert Person.objects.count() == people + 1


def test_a_staff_list_does_not_move_its_importers_own_last_day_back(cast: Cast) -> None:
    by, text = cast.ruth.viewer, "first name,last name,last day\nRuth,Okafor,31/12/2026\n"
    end_engagement(by=by, at=NOW, engagement=cast.ruth.engagement, ends_on=date(2026, 12, 1))
    plan = staff_list_plan(EVERYWHERE, cast.alder, "staff.csv", text.encode(), TODAY)

    with pytest.raises(Refusal, match="your own last day"):
        import_staff(by=by, at=NOW, organisation=cast.alder, file=held(text), agreed=plan.digest)


def brought(client: Client, content: bytes, name: str = "staff.csv") -> str:
    """Choose a file on the page; the address of the preview it leads to."""
    answer = client.post(reverse("people:import", args=[ALDER]), {"file": SimpleUploadedFile(name, content)})
    return str(answer.headers["Location"])


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(client: Client, cast: Cast, tmp_path: Path) -> None:
    signed_in(client, cast.ruth)
    file = SimpleUploadedFile("staff.csv", b"a" * (MAX_BYTES + 1))

    for address in (reverse("people:import", args=[ALDER]), reverse("records:import", args=[ALDER])):
        file.seek(0)
        page = client.post(address, {"file": file, "leave_out_unknown": "no"}).content.decode()

        assert "“staff.csv” must be smaller than 5 MB" in page
    assert list(tmp_path.rglob("*")) == []


def test_the_pages_show_what_would_change_and_then_change_it(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)
    form = client.get(reverse("people:import", args=[ALDER])).content.decode()
    address = brought(client, STAFF.encode())

    shown = client.get(address)
    page = shown.content.decode()
    token = parse_qs(urlsplit(address).query)["file"][0]
    stale = client.post(address, {"file": token, "agreed": "something else"})
    answer = client.post(address, {"file": token, "agreed": digest(cast)})
    people = client.get(answer.headers["Location"]).content.decode()

    assert "weekly hours" in form
    assert "2 new, 2 changed, 1 as they are" in page
    assert "Known to Preceptor already: stays one person" in page
    assert "Medical secretary from 1 December 2026" in page
    assert "Something changed since you looked" in stale.content.decode()
    assert answer.headers["Location"] == reverse("people:people", args=[ALDER])
    assert "4 people added or changed from staff.csv" in people
    assert "Dean Whitlock" in people


def test_the_preview_names_every_problem(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)

    page = client.get(brought(client, (HEADINGS + "Bo,Day,,Wizard,,soon,,,\n").encode())).content.decode()

    assert "<title>Error: Check what would change" in page
    assert "2 problems in staff.csv" in page
    assert "No role is called “Wizard”" in page
    assert "“soon” is not a date" in page
    assert "Import 1 person" not in page


def test_a_workbook_is_read_and_what_is_none_is_refused(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Staff")
    for number, row in enumerate([("Name", "Role", "Start"), ("Ana Lee", "Receptionist", "1/12/2026")]):
        sheet.write_row(number, 0, row)
    book.close()

    good = client.get(brought(client, content.getvalue(), "staff.xlsx")).content.decode()
    bad = client.get(brought(client, b"%PDF-1.7", "staff.pdf")).content.decode()
    none = client.post(reverse("people:import", args=[ALDER]), {}).content.decode()

    assert "1 new, 0 changed, 0 as they are" in good
    assert "“staff.pdf” is a PDF" in bad
    assert "Choose a staff list" in none


def test_a_preview_belongs_to_who_brought_the_file(client: Client, cast: Cast) -> None:
    address = brought(signed_in(client, cast.ruth), STAFF.encode())

    answer = signed_in(Client(), cast.priya).get(address)
    outsider = signed_in(Client(), cast.owen).get(address)

    assert answer.headers["Location"] == reverse("people:import", args=[ALDER])
    assert outsider.status_code == 404
