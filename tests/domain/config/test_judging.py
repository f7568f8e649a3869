"""`preceptor judge`, as a person runs it: a process of its own, without the framework."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

import pytest

Json: TypeAlias = dict[str, Any]

WORLD: Json = {
    "organisations": [{"id": "A81001", "kind": "practice", "name": "Alder Surgery"}],
    "people": [{"id": "p1", "name": "Aïsha Rahman"}, {"id": "p2"}],
    "engagements": [
        {"id": "e2", "person": "p1", "organisation": "A81001", "role": "nurse", "from": "2020-01-01"},
        {"id": "e1", "person": "p2", "organisation": "A81001", "role": "cook", "from": "2020-01-01"},
    ],
    "records": [{"id": "x1", "person": "p1", "subject": "bls", "level": 2, "on": "2026-03-15"}],
    "requirements": [
        {
            "id": "bls",
            "versions": [
                {
                    "from": "2020-01-01",
                    "audience": {"role": ["nurse"]},
                    "met_by": {"achieved": {"subject": "bls", "level": 2, "months": 12, "early_days": 60}},
                    "first_due_days": 30,
                }
            ],
        }
    ],
}
VALID: Json = {
    "engagement": "e2",
    "requirement": "bls",
    "status": "valid",
    "until": "2027-03-15",
    "due_on": None,
    "overdue_since": None,
    "next_change_on": "2027-01-14",
    "ever_met": True,
}


def judge(*arguments: str, said: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs the command."""
    command = [sys.executable, "-m", "preceptor", "judge", *arguments]
    return subprocess.run(command, input=said, capture_output=True, check=False)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The world in a file."""
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD))
    return path


def test_the_answer_is_a_list_of_what_is_needed(world: Path) -> None:
    done = judge(str(world), "--as-of", "2026-11-22")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == [VALID]


def test_a_world_is_read_from_standard_input_with_or_without_a_byte_order_mark() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        done = judge("-", "--as-of", "2026-11-22", said=mark + json.dumps(WORLD).encode())

        assert json.loads(done.stdout) == [VALID]


def test_without_a_day_it_is_today(world: Path) -> None:
    done = judge(str(world))

    assert done.returncode == 0
    assert [entry["engagement"] for entry in json.loads(done.stdout)] == ["e2"]


def test_known_at_asks_what_was_known(tmp_path: Path) -> None:
    late = {**WORLD["records"][0], "recorded_at": "2026-10-01T09:00:00Z"}
    path = tmp_path / "world.json"
    path.write_text(json.dumps({**WORLD, "records": [late]}))

    said = [
        json.loads(judge(str(path), "--as-of", "2026-11-22", "--known-at", moment).stdout)[0]["status"]
        for moment in ("2026-10-01T09:59:59+01:00", "2026-10-01T10:00:00+01:00")
    ]

    assert said == ["overdue", "valid"]


def test_explain_adds_to_each_entry_why(world: Path) -> None:
    [entry] = json.loads(judge(str(world), "--as-of", "2026-11-22", "--explain").stdout)
    explanation = entry.pop("explanation")

    assert entry == VALID
    assert explanation["words"]["because"] == (
        "Aïsha Rahman meets this until the end of 15 March 2027 by the record of 15 March 2026."
    )
    assert explanation["ways"] == [
        {
            "steps": [
                {"achieve": {"subject": "bls", "level": 2, "kinds": None, "dated_from": "2026-03-16", "times": 1}}
            ],
            "done_on": "2026-11-22",
            "until": "2027-11-22",
        }
    ]
    assert explanation["criterion"] == {
        "achieved": {"subject": "bls", "level": 2, "months": 12, "expiry": "cap", "early_days": 60}
    }


def test_a_table_is_for_people(world: Path) -> None:
    plain = judge(str(world), "--as-of", "2026-11-22", "--format", "table").stdout.decode()
    explained = judge(str(world), "--as-of", "2026-11-22", "--format", "table", "--explain").stdout.decode()

    assert plain.splitlines() == [
        "engagement  person        requirement  standing                   next change",
        "e2          Aïsha Rahman  bls          Valid until 15 March 2027  2027-01-14",
    ]
    assert explained.startswith(plain)
    assert "    Aïsha Rahman works as nurse, since 1 January 2020.\n" in explained


def test_an_empty_answer_is_an_empty_list() -> None:
    assert json.loads(judge("-", said=b"{}").stdout) == []
    assert judge("-", "--format", "table", said=b"{}").stdout == (
        b"engagement  person  requirement  standing  next change\n"
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (b'{"people": [{"id": "p1"}, {"id": "p1"}]}', "-: people[1].id: “p1” is the id of an earlier one in this list"),
        (b'{"people": [{"id": "p1", "id": "p2"}]}', "-: people[0].id: is said twice in one object"),
        (b'{"records": [{"level": NaN}]}', "-: records[0].level: NaN is not a number"),
        (b"[]", "-: must be an object, not a list"),
        (b"{", "-: is not JSON: Expecting property name enclosed in double quotes, at line 1, column 2"),
        (b'{"x": "\xff"}', "-: is not UTF-8 text, at byte 8"),
    ],
)
def test_a_wrong_world_is_refused_with_its_place_and_nothing_is_judged(said: bytes, message: str) -> None:
    done = judge("-", "--as-of", "2026-11-22", said=said)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"preceptor judge: {message}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the following arguments are required: WORLD.json"),
        (("-", "--as-of", "22/11/2026"), "must be a date like 2026-11-22, not “22/11/2026”"),
        (("-", "--as-of", "2026-02-29"), "is not a day of the calendar: “2026-02-29”"),
        (("-", "--known-at", "2026-11-22T12:00:00"), "must be a moment with an offset or Z"),
        (("-", "--format", "xml"), "invalid choice"),
        (("-", "--as", "2026-11-22"), "unrecognized arguments: --as 2026-11-22"),
        (("no-such-file.json",), "no-such-file.json: cannot be read: No such file or directory"),
        ((".",), ".: cannot be read: Is a directory"),
    ],
)
def test_a_wrong_question_is_refused(arguments: tuple[str, ...], message: str) -> None:
    done = judge(*arguments, said=b"{}")

    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()


def test_a_reader_who_stops_is_no_fault_of_the_command(world: Path) -> None:
    command = f"{sys.executable} -m preceptor judge {world} --as-of 2026-11-22 --explain; echo $? >&2"
    with subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()

    assert said == "preceptor judge: the answer was not read to its end\n2\n"


def test_the_judge_runs_without_the_framework(world: Path) -> None:
    program = (
        "import sys; from preceptor.config.cli import main; main(['judge', sys.argv[1], '--explain']); "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in {'django', 'psycopg', 'jinja2'}))"
    )

    done = subprocess.run([sys.executable, "-c", program, str(world)], capture_output=True, check=True, text=True)

    assert done.stdout.splitlines()[-1] == "[]"
