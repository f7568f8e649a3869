"""Templates hold markup for what they are given: nothing imported, nothing unescaped, nothing inline."""

import re
from pathlib import Path

import pytest

from .source import HOUSE

BANNED = {
    "an import": r"{%-?\s*(import|from)\b",
    "unescaped text": r"\|\s*safe\b|{%-?\s*autoescape",
    "an inline style": r"\sstyle\s*=",
    "an inline handler": r"\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an inline stylesheet": r"<style\b",
    "a script from elsewhere": r"(src|href)\s*=\s*[\"'](https?:)?//[^\"']*\.(js|mjs|css)",
}
# The cells of the matrix are a thousand times six values; `practices.pages` escapes them, and its tests prove it.
ESCAPED_BEFORE = {HOUSE / "preceptor" / "oversight" / "practices" / "templates" / "matrix.jinja": "unescaped text"}
TEMPLATES = sorted((HOUSE / "preceptor").rglob("*.jinja"))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_nothing_it_should_not_have(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ours = HOUSE / "preceptor" / "ui"

    found = [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {what}"
        for what, pattern in BANNED.items()
        if (what != "an import" or ours not in path.parents) and what != ESCAPED_BEFORE.get(path)
        for match in re.finditer(pattern, text)
    ]

    assert found == []
