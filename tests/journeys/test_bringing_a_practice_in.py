"""A practice manager brings the practice in: the staff list, what is asked of them, and what they have already done."""

from __future__ import annotations

import io
from datetime import timedelta

import xlsxwriter

from tests.cast import CEDAR
from tests.journeys.visitor import Visit
from tests.journeys.world import World

HEADINGS = "First name,Last name,Email,Job title,Start date,Hours\n"
BETH = "Beth,Lloyd,beth.lloyd@example.nhs.uk,Practice nurse,01/03/2021,30\n"
CARL = "Carl,Osei,carl.osei@example.nhs.uk,Receptionist,14/06/2023,22.5\n"
WRONG = "Dora,Finch,dora.finch@example.nhs.uk,Receptionnist,31/02/2024,20\n"
RIGHT = "Dora,Finch,dora.finch@example.nhs.uk,Receptionist,28/02/2024,20\n"


def test_a_practice_manager_brings_the_practice_in(world: World, visit: Visit) -> None:
    owen = visit(world.cast.owen)
    done_on = world.today - timedelta(days=40)

    # The staff list has a row that cannot be right: it is named, and nothing is imported.
    owen.opens("/").reads("No training is required here yet")
    owen.follows("People").follows("Import a staff list")
    owen.attaches("Staff list", "staff.csv", (HEADINGS + BETH + WRONG + CARL).encode()).presses("Check file")
    owen.reads("2 problems in staff.csv", "Nothing is imported until the file has none")
    owen.reads("No role is called “Receptionnist”", within="3 D")
    owen.reads("31/02/2024", within="3 E")
    owen.follows("People").misses("Beth Lloyd")

    # Corrected, it shows what would change, and then changes it.
    owen.follows("Import a staff list")
    staff = (HEADINGS + BETH + RIGHT + CARL).encode()
    owen.attaches("Staff list", "staff.csv", staff).presses("Check file")
    owen.reads("3 new, 0 changed, 0 as they are")
    owen.reads("28 Feb 2024", within="3 Dora Finch")
    owen.presses("Import 3 people").reads("3 people added or changed from staff.csv.", "Beth Lloyd", "Dora Finch")

    # The practice chooses what it asks of them.
    owen.follows("Requirements").follows("Choose requirements")
    owen.dates("From which day does your practice require these?", world.today - timedelta(days=365))
    owen.writes("Who decided?", "Partners’ meeting").dates("When was it decided?", world.today - timedelta(days=370))
    owen.presses("Continue").reads("Fire safety", "Nobody is told yet.")
    owen.page.get_by_role("button", name="Adopt ").click()
    owen.looks().reads("Fire safety")

    # What they have already done comes as a workbook.
    past = workbook(
        ("Email", "Course", "Completion date", "Provider"),
        ("beth.lloyd@example.nhs.uk", "Fire safety", f"{done_on:%d/%m/%Y}", "Cedar Fire Training"),
        ("carl.osei@example.nhs.uk", "Fire", f"{done_on:%d/%m/%Y}", ""),
        ("carl.osei@example.nhs.uk", "Health and safety", f"{done_on:%d/%m/%Y}", ""),
    )
    owen.follows("Training").follows("Add records")
    owen.attaches("Your file", "past.xlsx", past).presses("Check file")
    owen.reads("3 records would be added for 2 people from past.xlsx")
    owen.presses("Add 3 records").reads("3 records added from past.xlsx.")

    # The matrix knows all of it.
    owen.opens(f"/practices/{CEDAR}/training/").reads("4 of 4 people")
    assert owen.cell("Beth Lloyd", "Fire safety") == "Valid"
    assert owen.cell("Carl Osei", "Health and safety") == "Valid"
    assert owen.cell("Dora Finch", "Fire safety") == "Overdue"

    # Both files again change nothing.
    owen.follows("People").follows("Import a staff list")
    owen.attaches("Staff list", "staff.csv", staff).presses("Check file")
    owen.reads("0 new, 0 changed, 3 as they are", "This file changes nothing.")
    owen.follows("Training").follows("Add records")
    owen.attaches("Your file", "past.xlsx", past).presses("Check file")
    owen.reads("0 records would be added", "3 lines are there already", "This file adds nothing.")


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A workbook as a spreadsheet program saves it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Past training")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()
