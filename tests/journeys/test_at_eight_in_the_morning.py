"""A manager begins the day: what needs them, who that is, since when and why, and one thing put right."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

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


def test_the_list_view_and_the_download_say_the_same_as_the_table(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth).opens("/").follows("Training").chooses("Staff group", "GPs").presses("Show")
    table = shown(ruth)

    lines = list(csv.reader(io.StringIO(ruth.downloads("Download CSV").decode("utf-8-sig"))))
    heads = next(number for number, line in enumerate(lines) if line[:1] == ["Name"])
    ruth.follows("List").follows("List valid ones too")

    assert [row[0] for row in table] == ["Dr Mei Lin", "Dr Helen Marsh"]
    assert [[line[0], *map(in_dense_words, line[3:])] for line in lines[heads + 1 : -1]] == table
    assert shown(ruth) == table


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


def overdue_since(words: str) -> date:
    """Since when a cell is overdue; one that is not comes after all others."""
    since = words.removeprefix("Overdue since ")
    return date.max if since == words else datetime.strptime(since, "%d %b %Y").date()  # noqa: DTZ007 - a day


def in_dense_words(words: str) -> str:
    """The words of a download as the matrix has them: short months, and what was never done only on the page why."""
    months = {f"{date(2000, month, 1):%B}": f"{date(2000, month, 1):%b}" for month in range(1, 13)}
    return " ".join(months.get(word, word) for word in words.removesuffix(", never done").split())
