"""A manager begins the day: what needs them, who that is, since when and why, and one thing put right."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook

from preceptor.foundation.dates import end_of_day
from preceptor.ui.words import day, full_day
from tests.journeys.visitor import Visit, Visitor
from tests.journeys.world import World


def test_every_figure_leads_to_the_people_behind_it(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth).opens("/")
    assert ruth.heading == f"{full_day(world.today)} What needs you today"

    for title, status in (("Overdue", "Overdue"), ("Due soon", "Due soon"), ("To do for the first time", "To do")):
        figure = int(ruth.figure(title))
        ruth.page.locator(".pr-counts").get_by_role("link", name=title, exact=True).click()
        ruth.looks()
        assert sum(words.startswith(status) for row in shown(ruth) for words in row[1:]) == figure
        ruth.page.go_back()


def test_the_matrix_answers_who_when_and_as_known_then(world: World, visit: Visit) -> None:
    cast, then = world.cast, world.today - timedelta(days=60)
    world.work.did_later(cast.tomasz, "data-security", then - timedelta(days=10), end_of_day(then + timedelta(days=5)))
    ruth = visit(cast.ruth).opens("/").follows("Training")
    assert [row[0] for row in shown(ruth)] == [
        *("Dr Mei Lin", "Dr Helen Marsh", "Aisha Rahman", "Samir Patel", "Tomasz Nowak", "Ruth Okafor")
    ]

    # The most urgent come first, and filters leave what was asked for.
    ruth.chooses("Order", "Most urgent first").presses("Show")
    waits = [min(map(overdue_since, row[1:])) for row in shown(ruth)]
    assert waits == sorted(waits)
    assert (len(set(waits)) > 1, shown(ruth)[-1][0]) == (True, "Samir Patel")
    ruth.chooses("Role", "Receptionist").presses("Show").reads("1 of 6 people")
    assert [row[0] for row in shown(ruth)] == ["Tomasz Nowak"]
    ruth.follows("Clear the filters").writes("Name", "nobody of that name").presses("Show").reads("0 of 6 people match")

    # Another day says so in words, with today's knowledge or that day's.
    ruth.follows("Clear the filters").dates("As of", then).presses("Show")
    ruth.reads(f"As of {day(then)} – not today.", "With what is known now, including records added later.")
    assert ruth.cell("Tomasz Nowak", "Data security").startswith("Valid")
    ruth.follows(f"As it was known on {day(then)}").reads("As it was known on that day.")
    assert ruth.cell("Tomasz Nowak", "Data security") == "Overdue"
    ruth.follows("Back to today").reads(f"As of today, {full_day(world.today)}.")
    assert ruth.cell("Tomasz Nowak", "Data security").startswith("Valid")


@pytest.mark.parametrize("narrowed", [("Staff group", "GPs"), ("Status", "Overdue"), ("Order", "Most urgent first")])
def test_the_list_view_and_the_downloads_say_the_same_as_the_table(
    narrowed: tuple[str, str], world: World, visit: Visit
) -> None:
    world.work.did(world.cast.tomasz, "fire-safety", world.today, by=world.cast.tomasz.viewer)
    ruth = visit(world.cast.ruth).opens("/").follows("Training").chooses(*narrowed).presses("Show")
    table, lines = shown(ruth), whole(ruth)

    as_csv = list(csv.reader(io.StringIO(ruth.downloads("Download CSV").decode("utf-8-sig"))))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(ruth.downloads("Download XLSX")))
    as_xlsx = workbook.get_sheet_by_index(0).to_python()
    summary = ruth.page.locator(".pr-head p").inner_text()
    ruth.follows("List").follows("List valid ones too")

    assert as_csv[4:] == lines
    assert as_csv[3] == [summary]
    assert as_xlsx == [[*line, *[""] * (len(as_xlsx[0]) - len(line))] for line in as_csv]
    assert shown(ruth) == table
    assert any("1 waiting" in words for line in lines for words in line) == (narrowed != ("Staff group", "GPs"))


def test_from_a_cell_to_why_to_a_record_and_back(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth).opens("/").follows("Training")
    assert ruth.cell("Tomasz Nowak", "Infection control") == "Overdue"

    ruth.opens_cell("Tomasz Nowak", "Infection control")
    ruth.reads("Tomasz Nowak", "Overdue since", "Past and future", "Ways to become valid", "Infection prevention")
    ruth.reads("There is no record of this subject yet.")
    ruth.unfolds("The same as a table").reads("Status of this requirement for Tomasz, by period")
    ruth.follows("Add a record", within="Ways to become valid")
    assert "Infection prevention" in ruth.box("What was it?").locator("option:checked").inner_text()
    ruth.dates("When was it finished?", world.today - timedelta(days=7))
    ruth.picks("Does the certificate show a last valid day?", "No").picks("How do you know?", "Certificate seen")
    ruth.presses("See what it changes").reads("becomes Valid until")
    ruth.presses("Add record")

    ruth.reads("Valid until", "Records considered (1)")
    ruth.follows("Back to the training matrix")
    assert ruth.cell("Tomasz Nowak", "Infection control") == "Valid"


def shown(visitor: Visitor) -> list[list[str]]:
    """The matrix on the page: of each person the name and each cell's words."""
    rows: list[list[str]] = visitor.page.evaluate("""() => {
      const plain = node => (node ? node.textContent : "").replace(/\\s+/g, " ").trim();
      return [...document.querySelectorAll(".pr-matrix tbody tr:not(.pr-matrix__section)")].map(row => [
        plain(row.querySelector(".pr-matrix__person a")),
        ...[...row.querySelectorAll("td")].map(
          cell => [".pr-cell__word", ".pr-cell__date"].map(part => plain(cell.querySelector(part))).join(" ").trim()
        ),
      ]);
    }""")
    return rows


def whole(visitor: Visitor) -> list[list[str]]:
    """Everything the table on the page says, line by line: areas, headings, counts, sections, and people with cells."""
    lines: list[list[str]] = visitor.page.evaluate("""() => {
      const plain = node => (node ? node.textContent : "").replace(/\\s+/g, " ").trim();
      const all = (node, what) => [...node.querySelectorAll(what)];
      const figure = node => plain(node).replace(/ in date$/, "");
      const areas = all(document, ".pr-matrix__group").flatMap(
        area => [plain(area), ...Array(area.colSpan - 1).fill("")]
      );
      const heads = all(document, ".pr-matrix__req");
      const cell = cell => [
        [".pr-cell__word", ".pr-cell__date"].map(part => plain(cell.querySelector(part))).filter(Boolean).join(" "),
        plain(cell.querySelector(".pr-cell__note")),
      ].filter(Boolean).join(", ");
      const row = row => row.matches(".pr-matrix__section") ? [plain(row)] : [
        ...[".pr-matrix__person a", ".pr-matrix__role"].map(part => plain(row.querySelector(part))),
        figure(row.querySelector(".pr-matrix__own")), plain(row.querySelector(".pr-matrix__tally")),
        ...all(row, "td").map(cell),
      ];
      return [
        ["", "", "", "", ...areas],
        ["Person", "Role", "In date", "Counts", ...heads.map(head => plain(head.querySelector("a")))],
        ["In date", "", /: (\\d+ of \\d+) that/.exec(plain(document.querySelector(".pr-head p")))[1], "",
         ...heads.map(head => figure(head.querySelector(".pr-matrix__count")))],
        ...all(document, ".pr-matrix tbody tr").map(row),
      ];
    }""")
    return lines


def overdue_since(words: str) -> date:
    """Since when a cell is overdue; one that is not comes after all others."""
    since = words.removeprefix("Overdue since ")
    return date.max if since == words else datetime.strptime(since, "%d %b %Y").date()  # noqa: DTZ007 - a day
