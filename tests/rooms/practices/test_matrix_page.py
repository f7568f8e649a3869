"""The cells of the matrix are written as they are: whatever stands in the data, they are safe to write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from markupsafe import escape

from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.practices import pages
from preceptor.oversight.practices.domain import Asked, Picture, Question, What, Who, matrix
from preceptor.oversight.practices.forms import MatrixForm
from preceptor.ui.asof import as_of

ON = date(2026, 11, 20)
SOMEBODY = "1b6e0df1-d948-46ff-80a6-0103aa9791ff"
HOSTILE = """<img src=x onerror="alert('1')">&"""


def test_what_a_cell_says_is_escaped_before_it_is_written() -> None:
    who = Who("e", SOMEBODY, HOSTILE, HOSTILE, "role", HOSTILE, "nurse", HOSTILE, 1, ON)
    what = What("fire", "fire", HOSTILE, HOSTILE, "fire", "safety", HOSTILE, 1, 1)
    twin = replace(what, id="fire-2", key="fire-2")
    verdict = Verdict("e", "fire", Status.VALID, ON, None, None, None, ever_met=True)
    picture = Picture(ON, (who,), (what, twin), {("e", "fire"): verdict}, {("e", "fire"): 1})
    page = pages.matrix_page(
        code="A81001",
        matrix=matrix(picture, Question()),
        picture=picture,
        as_of=as_of("/", {}, ON, ON, known_then=False),
        asked=Asked(ON, Question()),
        form=MatrixForm({}, today=ON),
        view=pages.View(),
        query={},
    )

    (cell,) = page.sections[0].rows[0].cells
    assert cell.label == escape(HOSTILE)
    assert cell.note == "1 waiting"
    for value in cell[:-1]:
        assert re.fullmatch(r"(?:[^<>\"'&]|&(?:amp|lt|gt|#34|#39);)*", value), value


def test_the_day_asked_about_is_escaped_in_every_address() -> None:
    day = as_of("/", {}, date(2026, 1, 2), ON, known_then=True)
    who = Who("e", SOMEBODY, "A", "A", "role", "Role", "nurse", "Nurses", 1, ON)
    what = What("fire", "fire", "Fire", "Fire", "fire", "safety", "Safety", 1, 1)
    verdict = Verdict("e", "fire", Status.OVERDUE, None, None, ON, None, ever_met=True)
    picture = Picture(ON, (who,), (what,), {("e", "fire"): verdict}, {})
    page = pages.matrix_page(
        code="A81001",
        matrix=matrix(picture, Question()),
        picture=picture,
        as_of=day,
        asked=Asked(date(2026, 1, 2), Question()),
        form=MatrixForm({}, today=ON),
        view=pages.View(),
        query={},
    )

    (cell,) = page.sections[0].rows[0].cells
    assert cell.href.count("&amp;") == cell.href.count("&") > 0
