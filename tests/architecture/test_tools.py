"""The tools refuse what the style says they refuse, and what is documented of them is true."""

import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from importlinter.cli import lint_imports

from .source import HOUSE

CLOCK = "from datetime import datetime\n\ndatetime.now()\n"
ROUTE = "from django.urls import path\n\nprint(path)\n"
ENVIRONMENT = "import os\n\nos.environ.get('HOME')\n"
SIGNAL = "from django.db.models.signals import post_save\n\nprint(post_save)\n"
MARKUP = "from django.utils.safestring import mark_safe\n\nmark_safe('')\n"
ROOT = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "dev", "manage.py", "pyproject.toml"}
NODE = {"package.json", "package-lock.json"}


def dev() -> ModuleType:
    """The entry point as a module."""
    loader = importlib.machinery.SourceFileLoader("dev", str(HOUSE / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def refused(code: str, path: str) -> bool:
    """Whether ruff says that the code calls something banned at this place."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "TID251",
        "--output-format",
        "json",
        "--stdin-filename",
    ]
    done = subprocess.run([*command, path, "-"], input=code, capture_output=True, text=True, cwd=HOUSE, check=False)
    return [found["code"] for found in json.loads(done.stdout)] == ["TID251"]


def test_nothing_was_left_lying_at_the_root() -> None:
    """A stranger finds what the README speaks of there, and nothing that somebody only tried."""
    found = {one.name for one in HOUSE.iterdir() if one.is_file() and not one.name.startswith(".")}

    assert found == ROOT | NODE


@pytest.mark.parametrize("code", [CLOCK, ROUTE, ENVIRONMENT, SIGNAL, MARKUP])
def test_a_banned_call_is_refused_in_a_room_and_allowed_where_it_belongs(code: str) -> None:
    assert refused(code, "preceptor/register/people/queries.py")
    assert not refused(code, "preceptor/config/settings.py")


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(HOUSE / "pyproject.toml"), no_logo=True) == 0


def test_each_exclusion_of_ruff_has_its_reason() -> None:
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    ignored = text[text.index("\nignore = [") : text.index("\n]\nallowed-confusables")].splitlines()[2:]

    assert len(ignored) > 10
    assert [line for line in ignored if not re.fullmatch(r'  "[A-Z]+\d*", +# .{10,}', line)] == []


def test_each_dependency_has_its_reason_and_a_hash() -> None:
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    lock = (HOUSE / "requirements" / "lock.txt").read_text(encoding="utf-8")
    lines = [
        line
        for section in re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, flags=re.MULTILINE | re.DOTALL)
        for line in section.splitlines()
    ]

    assert len(lines) > 20
    assert [line for line in lines if not re.fullmatch(r'  "[^"]+", *# .{5,}', line)] == []
    for line in lines:
        name = re.split(r"[\[><=~\"]", line.strip().strip('"'))[0].lower()
        assert re.search(
            rf"^{re.escape(name)}(\[[\w,-]+\])?==\S+ .*\\\n    --hash=sha256:", lock, flags=re.MULTILINE
        ), name


def test_locks_name_no_host() -> None:
    for name in ("requirements/lock.txt", "package-lock.json"):
        assert "://" not in (HOUSE / name).read_text(encoding="utf-8"), name


def test_every_verb_is_documented_and_every_documented_verb_exists() -> None:
    contributing = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    usage = dev().parser().format_help()

    verbs = set(re.findall(r"^    ([a-z]+)(?: |$)", usage, flags=re.MULTILINE))

    assert {"setup", "demo", "test", "check"} <= verbs
    assert set(re.findall(r"^\| `\./dev ([a-z]+)", contributing, flags=re.MULTILINE)) == verbs


def test_a_file_is_named_from_where_the_command_is_called(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text("{}", encoding="ascii")

    command = [sys.executable, str(HOUSE / "dev"), "preceptor", "judge", "world.json"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (answer.returncode, answer.stdout.strip()) == (0, "[]"), answer.stderr
