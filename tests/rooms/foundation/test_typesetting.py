"""PDF out of data: the same bytes for the same data, values and never markup, and nothing that is not accessible."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from preceptor.foundation.typesetting import typeset

AT = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
LETTER = """\
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "en")
= #data.title
#data.words
"""


@pytest.fixture
def template(tmp_path: Path, settings: Settings) -> Path:
    """A letter, where templates are looked for."""
    settings.HOUSE = tmp_path
    (tmp_path / "preceptor").mkdir()
    place = tmp_path / "preceptor" / "letter.typ"
    place.write_text(LETTER)
    return place


def test_the_same_data_at_the_same_moment_make_the_same_bytes(template: Path) -> None:
    data = {"title": "A letter", "words": "Hello."}

    assert typeset("letter.typ", data, AT) == typeset("letter.typ", data, AT)
    assert typeset("letter.typ", data, AT) != typeset("letter.typ", {**data, "words": "Goodbye."}, AT)


def test_data_are_values_and_never_markup(template: Path) -> None:
    words = '#read("/etc/passwd") *bold* $x$ <a> \\ "quoted" – Zoë'

    pdf = typeset("letter.typ", {"title": "A letter", "words": words}, AT)

    assert '#read("/etc/passwd") *bold* $x$ <a>' in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_what_a_screen_reader_could_not_read_is_refused(template: Path) -> None:
    template.write_text(LETTER.replace("#set document(title: data.title)\n", ""))

    with pytest.raises(RuntimeError, match="title"):
        typeset("letter.typ", {"title": "A letter", "words": "Hello."}, AT)
