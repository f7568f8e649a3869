"""Every setting is in the reference, with its default, and the reference holds no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from .source import HOUSE

REFERENCE: Final = HOUSE / "docs" / "reference" / "settings.md"
READ_IN: Final = (
    *sorted((HOUSE / "preceptor" / "config").rglob("*.py")),
    HOUSE / "dev",
    *sorted((HOUSE / "tests").rglob("conftest.py")),
)
NAME: Final = re.compile(r"(?:PRECEPTOR_[A-Z_]*[A-Z]|DATABASE_URL)")


def documented() -> dict[str, str]:
    """Each setting of the reference with its default."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| .+ \| (.+) \|$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len({name for name, _ in rows}) == len(rows)
    return dict(rows)


def read() -> set[str]:
    """Every name of a setting that the code writes as a word of its own."""
    words = (
        node.value
        for path in READ_IN
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {word for word in words if NAME.fullmatch(word)}


def defaults() -> Iterator[tuple[str, str]]:
    """Each setting whose default is written where it is read, with that default as one would write it."""
    for path in READ_IN:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
                continue
            name, given = call.args[0], [one.value for one in call.keywords if one.arg == "default"]
            if isinstance(name, ast.Constant) and NAME.fullmatch(str(name.value)) and given:
                if isinstance(given[0], ast.Constant) and isinstance(given[0].value, bool):
                    yield str(name.value), "yes" if given[0].value else "no"
                elif isinstance(given[0], ast.Constant):
                    yield str(name.value), str(given[0].value)


def test_the_reference_holds_every_setting_and_no_other() -> None:
    assert set(documented()) == read()
    assert len(read()) > 15


def test_the_reference_says_the_defaults() -> None:
    said, written = documented(), dict(defaults())

    assert {name: said[name].partition("`:")[0].strip("`") for name in written} == written
    assert {"PRECEPTOR_DEBUG", "PRECEPTOR_LOG_LEVEL"} <= set(written)


def test_nobody_but_this_machine_is_answered_unless_it_is_said() -> None:
    hosts = documented()["PRECEPTOR_HOSTS"].strip("`").split(", ")

    assert [host for host in settings.ALLOWED_HOSTS if host != "testserver"] == hosts
    assert "testserver" not in (HOUSE / "preceptor" / "config" / "settings.py").read_text(encoding="utf-8")
