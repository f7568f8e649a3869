"""Bringing files of past training, by page and by command."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.records.actions import (
    PlanChangedError,
    correct_record,
    import_records,
    withdraw_record,
)
from preceptor.compliance.records.domain import Achievement, HowKnown, ImportRunId, RecordKind
from preceptor.compliance.records.domain.imports import NO_OPTIONS, Plan
from preceptor.compliance.records.jobs import import_records_file
from preceptor.compliance.records.models import ImportRun, Record, RecordDecision
from preceptor.compliance.records.queries import import_plan, records_of, waiting
from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import HeldFile, hold
from tests.cast import ALDER, BUILDER, NOW, TODAY, Cast, signed_in
from tests.rooms.records.conftest import FIRE, Ledger

TWO = (
    b"email,subject,completed on,expires on\n"
    b"tomasz.nowak@example.nhs.uk,Fire,19/11/2026,19/11/2028\n"
    b"aisha.rahman@example.nhs.uk,Safeguarding adults level 2,03/05/2026,\n"
)
LATER = NOW + timedelta(hours=1)


def _plan(cast: Cast, content: bytes = TWO, name: str = "training.csv") -> Plan:
    return import_plan(EVERYWHERE, cast.alder, name, content, today=TODAY, importer=cast.ruth.person)


def _import(cast: Cast, content: bytes = TWO, *, by: Viewer | None = None) -> ImportRunId:
    return import_records(
        by=by or cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        file=hold(content, "training.csv", NOW),
        options=NO_OPTIONS,
        agreed=_plan(cast, content).digest,
    )


def _kept(cast: Cast) -> set[tuple[str, str, int, date, date | None]]:
    return {
        (str(row.person), row.subject_id, row.level, row.on, row.expires_on)
        for row in Record.objects.select_related("person")
    }


BOTH = {
    ("Tomasz Nowak", "fire-safety", 1, date(2026, 11, 19), date(2028, 11, 19)),
    ("Aisha Rahman", "safeguarding-adults", 2, date(2026, 5, 3), None),
}


def test_every_row_becomes_a_record_accepted_by_the_importer_that_knows_its_file(cast: Cast) -> None:
    run = ImportRun.objects.get(pk=_import(cast))

    assert _kept(cast) == BOTH
    assert (run.file_name, run.organisation_id, run.by_name, run.row_count) == (
        "training.csv",
        cast.alder,
        "Ruth Okafor",
        2,
    )
    for row in Record.objects.select_related("decision"):
        assert (row.import_run_id, row.how_known, row.organisation_id) == (run.pk, "imported", cast.alder)
        assert (row.decision.accepted, row.decision.by_name, row.decision.at) == (True, "Ruth Okafor", NOW)


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    _import(cast)

    again = _plan(cast)
    assert (again.new, again.already_count, again.problems) == ((), 2, ())


def test_a_corrected_record_is_not_brought_back_and_a_withdrawn_one_is(cast: Cast) -> None:
    _import(cast)
    fire, adults = (Record.objects.get(subject_id=code) for code in ("fire-safety", "safeguarding-adults"))
    correct_record(
        by=cast.ruth.viewer,
        at=LATER,
        record=records_of(EVERYWHERE, cast.tomasz.person)[0].id,
        achievement=replace(FIRE, on=date(2026, 11, 18)),
        how_known=HowKnown.COPY,
        reason="The day was misread",
    )
    withdraw_record(
        by=cast.ruth.viewer, at=LATER, record=records_of(EVERYWHERE, cast.aisha.person)[0].id, reason="Too soon"
    )

    plan = _plan(cast)

    assert fire.pk != adults.pk
    assert [(new.person_name, new.again) for new in plan.new] == [("Aisha Rahman", True)]
    assert plan.already_count == 1


def test_the_importers_own_record_waits_for_someone_else(cast: Cast) -> None:
    _import(cast, TWO + b"ruth.okafor@example.nhs.uk,Fire,19/11/2026,\n")

    assert [entry.person for entry in waiting(EVERYWHERE)] == [cast.ruth.person]
    assert RecordDecision.objects.count() == 2


def test_nothing_is_half_imported(cast: Cast) -> None:
    bad = TWO + b"nobody@example.nhs.uk,Fire,19/11/2026,\n"

    with pytest.raises(Refusal, match="has problems, so nothing was imported"):
        _import(cast, bad)

    assert (Record.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_what_was_not_agreed_to_is_not_imported(cast: Cast, ledger: Ledger) -> None:
    agreed = _plan(cast).digest
    ledger.add(cast.tomasz, replace(FIRE, expires_on=date(2028, 11, 19)), by=cast.ruth.viewer)
    file = hold(TWO, "training.csv", NOW)

    with pytest.raises(PlanChangedError, match="Something changed since you looked"):
        import_records(
            by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=file, options=NO_OPTIONS, agreed=agreed
        )
    with pytest.raises(PlanChangedError, match="was not used in time"):
        import_records(
            by=cast.ruth.viewer,
            at=NOW,
            organisation=cast.alder,
            file=HeldFile("gone.csv", "0" * 64),
            options=NO_OPTIONS,
            agreed=agreed,
        )
    assert Record.objects.count() == 1


def test_only_who_may_import_here_imports_here(cast: Cast) -> None:
    for viewer in (cast.aisha.viewer, cast.gareth.viewer):
        with pytest.raises(PermissionDenied):
            _import(cast, by=viewer)
    for viewer in (cast.owen.viewer, cast.lorna.viewer, cast.nadia.viewer):
        with pytest.raises(Exception, match=r"^$") as refused:
            _import(cast, by=viewer)
        assert refused.typename == "Http404"
    assert Record.objects.count() == 0


def test_people_of_other_places_are_not_found(cast: Cast) -> None:
    plan = _plan(cast, b"email,subject,completed on\nowen.price@example.nhs.uk,Fire,19/11/2026\n")

    assert [problem.line for problem in plan.problems] == [2]


def _many(count: int) -> bytes:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(count)]
    rows = [f"tomasz.nowak@example.nhs.uk,Fire,{day.isoformat()},log" for day in days]
    return "\n".join(["email,subject,completed on,kind", *rows]).encode()


def test_a_thousand_rows_cost_as_many_queries_as_three(cast: Cast) -> None:
    costs = []
    for count in (3, 1000):
        with CaptureQueriesContext(connection) as asked:
            _import(cast, _many(count))
        costs.append(len(asked))

    assert Record.objects.count() == 1000
    assert costs[0] == costs[1]


def _workbook() -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Training 2026")
        sheet.write_row(0, 0, ["Our training"])
        sheet.write_row(2, 0, ["Full name", "Course", "Level", "Completion date", "Minutes", "Colour"])
        sheet.write_row(3, 0, ["Tomasz Nowak", "Fire safety"])
        sheet.write_datetime(3, 3, date(2026, 11, 19), day)
        sheet.write_row(4, 0, ["Dr Mei Lin", "Safeguarding adults", 3, 46145, 45.0, "red"])
    return content.getvalue()


def test_a_workbook_is_read_as_it_is(cast: Cast) -> None:
    plan = _plan(cast, _workbook(), "training.xlsx")

    assert [str(problem) for problem in plan.problems] == []
    assert [(new.line, new.person_name, new.achievement) for new in plan.new] == [
        (4, "Tomasz Nowak", FIRE),
        (5, "Dr Mei Lin", Achievement("safeguarding-adults", date(2026, 5, 3), 3, RecordKind.COURSE, 45)),
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("scan.pdf", b"%PDF-1.4", "“scan.pdf” is a PDF. Save it as CSV or Excel (XLSX) first"),
        ("empty.csv", b"  \n", "“empty.csv” is empty"),
        ("list.csv", b"a,b\n1,2\n", "The first line must name the columns"),
    ],
)
def test_what_is_no_list_of_training_is_said_in_words(cast: Cast, name: str, content: bytes, problem: str) -> None:
    plan = _plan(cast, content, name)

    assert len(plan.problems) == 1
    assert problem in str(plan.problems[0])


# By page


def _text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _upload(client: Client, content: bytes, **answers: str) -> HttpResponse:
    file = SimpleUploadedFile("training.csv", content)
    given = {"file": file, "leave_out_unknown": "no", "next": reverse("records:mine")} | answers
    return client.post(reverse("records:import", args=[ALDER]), given, follow=True)  # type: ignore[return-value] # the test client's


def _confirm(client: Client, page: HttpResponse) -> HttpResponse:
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    return client.post(reverse("records:import-check", args=[ALDER]), hidden, follow=True)  # type: ignore[return-value] # the test client's


def test_a_manager_looks_first_and_then_says_yes(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)

    preview = _upload(client, TWO)
    assert Record.objects.count() == 0
    done = _confirm(client, preview)

    for words in (
        "2 records would be added for 2 people from training.csv. 0 lines are there already",
        "They count at once, as accepted by you",
        "Fire Fire safety 1",
        "2 Tomasz Nowak Fire safety 19 November 2026 19 November 2028",
        "3 Aisha Rahman Safeguarding adults, level 2 3 May 2026 –",
    ):
        assert words in _text(preview)
    assert _kept(cast) == BOTH
    assert "2 records added from training.csv." in _text(done)
    assert done.request["PATH_INFO"] == reverse("records:mine")  # type: ignore[attr-defined] # the test client's
    assert "This file adds nothing." in _text(_upload(client, TWO))


def test_every_problem_is_shown_and_there_is_no_way_to_say_yes(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)

    page = _upload(
        client, TWO + b"nobody@example.nhs.uk,Fire,19/11/2026,\ntomasz.nowak@example.nhs.uk,Nope,1/1/2026,\n"
    )

    assert "<title>Error: Check what would be added" in page.content.decode()
    assert "2 problems in training.csv." in _text(page)
    assert "4 A (email) Nobody here has email “nobody@example.nhs.uk”" in _text(page)
    assert "5 B (subject) “Nope” is no subject here." in _text(page)
    assert 'name="agreed"' not in page.content.decode()


def test_unknown_training_is_left_out_when_asked_and_shown(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)

    page = _upload(client, TWO + b"tomasz.nowak@example.nhs.uk,Nope,1/1/2026,\n", leave_out_unknown="yes")

    assert "1 line is left out" in _text(page)
    assert "Line 4 “Nope” is no subject here" in _text(page)
    _confirm(client, page)
    assert _kept(cast) == BOTH


def test_a_file_about_one_person_needs_no_names(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)
    content = b"Competency Name,Expiry Date,Date Start\nNHS|CSTF|Fire Safety - 2 Years|,19-Nov-2028,19-Nov-26\n"

    _confirm(client, _upload(client, content, about=str(cast.tomasz.person)))

    assert _kept(cast) == {("Tomasz Nowak", "fire-safety", 1, date(2026, 11, 19), date(2028, 11, 19))}


def test_what_changed_between_looking_and_saying_yes_is_shown_anew(cast: Cast, client: Client, ledger: Ledger) -> None:
    signed_in(client, cast.ruth)
    preview = _upload(client, TWO)
    ledger.add(cast.aisha, Achievement("safeguarding-adults", date(2026, 5, 3), 2), by=cast.ruth.viewer)

    again = _confirm(client, preview)

    assert "Nothing was imported Something changed since you looked." in _text(again)
    assert "1 record would be added for 1 person" in _text(again)
    assert Record.objects.count() == 1
    _confirm(client, again)
    assert Record.objects.count() == 2


def test_a_made_up_or_forgotten_file_leads_back_to_the_choice(cast: Cast, client: Client, files: Path) -> None:
    signed_in(client, cast.ruth)
    check = reverse("records:import-check", args=[ALDER])

    made_up = client.get(check, {"file": "made-up"})
    preview = _upload(client, TWO)
    for place in (files / "held").iterdir():
        place.unlink()
    forgotten = _confirm(client, preview)

    assert made_up["Location"].startswith(reverse("records:import", args=[ALDER]))
    assert "Choose the file again. It is kept for a day only." in _text(forgotten)
    missing = client.post(reverse("records:import", args=[ALDER]), {"leave_out_unknown": "no"})
    assert _text(missing).count("Choose a file") == 2  # type: ignore[arg-type] # the test client's


# By command


@pytest.fixture
def run(cast: Cast, tmp_path: Path) -> Callable[..., tuple[str, str, str]]:
    """Runs the command on a file with this content; returns what it wrote, its errors, and how it failed."""

    def command(content: bytes, *options: str, kind: str = "records", practice: str = ALDER) -> tuple[str, str, str]:
        path = tmp_path / "training.csv"
        path.write_bytes(content)
        out, err = StringIO(), StringIO()
        try:
            call_command("import", kind, str(path), "--practice", practice, *options, stdout=out, stderr=err)
        except CommandError as failed:
            return out.getvalue(), err.getvalue(), f"{failed.returncode}: {failed}"
        return out.getvalue(), err.getvalue(), ""

    return command


def test_the_command_adds_says_so_and_the_second_time_adds_nothing(
    cast: Cast, run: Callable[..., tuple[str, str, str]]
) -> None:
    assert run(TWO, "--dry-run") == ("2 records would be added, 0 there already, 0 left out\n", "", "")
    assert Record.objects.count() == 0
    assert run(TWO) == ("2 records added, 0 there already, 0 left out\n", "", "")
    assert run(TWO) == ("0 records added, 2 there already, 0 left out\n", "", "")
    assert (_kept(cast), ImportRun.objects.get().by_name) == (BOTH, "import command")


def test_the_command_names_every_problem_and_fails(cast: Cast, run: Callable[..., tuple[str, str, str]]) -> None:
    out, err, failed = run(TWO + b"nobody@example.nhs.uk,Fire,19/11/2026,\nruth.okafor@example.nhs.uk,Nope,1/1/2026,\n")

    assert (out, failed) == ("", "1: 2 problems, so nothing was imported")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "Line 4, column A (email)",
        "Line 5, column B (subject)",
    ]
    assert Record.objects.count() == 0


def test_the_command_leaves_out_what_it_was_told_to_and_knows_whose_it_is(
    cast: Cast, run: Callable[..., tuple[str, str, str]]
) -> None:
    content = b"subject,completed on\nFire,19/11/2026\nNope,19/11/2026\n"

    out, _, failed = run(content, "--person", "Tomasz.Nowak@example.nhs.uk", "--leave-out-unknown")

    assert failed == ""
    assert out == "Line 3 left out: “Nope” is no subject here\n1 record added, 0 there already, 1 left out\n"
    assert (
        run(content, "--person", "x@example.nhs.uk")[2]
        == f"1: Nobody at {ALDER} has the email address x@example.nhs.uk"
    )


def test_the_command_brings_a_staff_list_too(cast: Cast, run: Callable[..., tuple[str, str, str]]) -> None:
    content = (
        b"first name,last name,email,role,kind,first day\n"
        b"Dean,Whitlock,dean.whitlock@example.nhs.uk,Receptionist,Employed,2/11/2026\n"
    )

    assert run(content, kind="staff") == ("1 person added, 0 people changed, 0 as they are\n", "", "")
    assert run(content, kind="staff") == ("0 people added, 0 people changed, 1 as they are\n", "", "")
    assert run(b"first name,last name\nDean,\n", kind="staff")[2].startswith("1: ")


def test_the_command_says_what_is_missing(cast: Cast, run: Callable[..., tuple[str, str, str]]) -> None:
    assert run(TWO, practice="Z99999")[2] == "1: No organisation has the code Z99999"
    with pytest.raises(CommandError, match=r"There is no file nowhere\.csv"):
        call_command("import", "records", "nowhere.csv", "--practice", ALDER)


def test_an_import_by_a_manager_keeps_their_own_waiting(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_bytes(b"email,subject,completed on\nruth.okafor@example.nhs.uk,Fire,19/11/2026\n")

    import_records_file(path, practice=ALDER, by=cast.ruth.viewer, at=NOW)

    assert [entry.person for entry in waiting(EVERYWHERE)] == [cast.ruth.person]
    assert import_records_file(path, practice=ALDER, by=BUILDER, at=NOW).already_count == 1
