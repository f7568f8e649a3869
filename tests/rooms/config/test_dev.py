"""The entry point: what can be asked of it without making anything."""

import importlib.machinery
import importlib.util
import re
import socket
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    """The entry point as a module."""
    loader = importlib.machinery.SourceFileLoader("dev", str(HOUSE / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_a_port_that_is_taken_is_passed_over_or_refused(dev: ModuleType) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(dev.Failure, match=f"Port {port} is taken"):
            dev.free_port(port)

        assert dev.answers(port)
    assert not dev.answers(port)
    assert dev.free_port(port) == port
    assert 8000 <= dev.free_port(None) < 8100


def test_a_new_decision_has_the_next_number(dev: ModuleType) -> None:
    last = max((int(path.name[:4]) for path in (HOUSE / "docs" / "decisions").glob("[0-9]*.md")), default=0)

    ((path, text),) = dev.new_decision("Keep files apart: what & why").items()

    assert path == HOUSE / "docs" / "decisions" / f"{last + 1:04}-keep-files-apart-what-why.md"
    assert text.startswith(f"# {last + 1:04}. Keep files apart: what & why\n\nStatus: proposed\n\n## Context\n")


def test_a_new_room_is_laid_out_on_its_floor(dev: ModuleType) -> None:
    files = dev.new_room("compliance", "audits")

    assert {str(path.relative_to(HOUSE)) for path in files} == {
        "preceptor/compliance/audits/__init__.py",
        "preceptor/compliance/audits/domain.py",
        "tests/domain/audits/__init__.py",
        "tests/domain/audits/test_domain.py",
    }
    for floor, name in (("attic", "audits"), ("compliance", "Audits!")):
        with pytest.raises(dev.Failure, match=re.escape("./dev new room compliance audits")):
            dev.new_room(floor, name)


def test_a_step_that_fails_shows_what_was_said(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    said = dev.step("Talking", ["printf", "%s", "hello"])
    with pytest.raises(dev.Failure, match=r"No such thing(.|\n)*Looking: failed"):
        dev.step("Looking", ["sh", "-c", "echo No such thing >&2; exit 3"])

    assert said == "hello"
    assert re.fullmatch(r"  Talking\.+ +\d\.\d s\n  Looking\.+ +\d\.\d s\n", capsys.readouterr().err)


def test_a_key_changes_with_any_file_or_word(dev: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "file"
    keys = []
    for content, word in (("a", "x"), ("b", "x"), ("b", "y")):
        file.write_text(content)
        keys.append(dev.key_of([file], word))

    assert len(set(keys)) == 3
    assert dev.key_of([file], "y") == keys[-1]
