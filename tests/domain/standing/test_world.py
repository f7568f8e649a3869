"""The world file: its text, its reading, and a world written out and read again."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given

from preceptor.compliance.requirements.domain.reading import DocumentError
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain.audiences import UnknownIdError
from preceptor.compliance.standing.domain.document import document_of
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import judge_document, read_world
from preceptor.compliance.standing.domain.written import answer_table, explanation_entry, plain, written_world

from .small import achieved, record, small_world, version
from .worlds import worlds

Json: TypeAlias = dict[str, Any]

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('{"people": [{"id": "p1", "id": "p2"}]}', "people[0].id", "is said twice in one object"),
        ('{"people": [], "records": [], "people": []}', "people", "is said twice in one object"),
        ('{"records": [{"level": NaN}]}', "records[0].level", "NaN is not a number"),
        ('{"note": [1, {"x": -Infinity}]}', "note[1].x", "-Infinity is not a number"),
        ('{"note": {"a": 1, "a": NaN}, "people": NaN}', "note.a", "is said twice in one object"),
        ('{"records": [{"minutes": ' + "9" * 5000 + "}]}", "records[0].minutes", "has too many digits"),
        ('{"people": [}', "", "is not JSON: Expecting value, at line 1, column 13"),
        ("", "", "is not JSON: Expecting value, at line 1, column 1"),
        ("[" * 100_000, "", "is not a world: its values lie too deep inside one another"),
    ],
)
def test_text_that_json_would_let_pass_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(DocumentError) as refused:
        document_of(text)

    assert (refused.value.place, refused.value.problem) == (place, problem)


def test_other_text_is_read_as_it_is() -> None:
    document = {"people": [{"id": "é", "n": [1, -2, 3.5, True, None, "x"]}], "empty": {}}

    assert document_of(json.dumps(document)) == document


@given(worlds())
def test_a_world_is_read_as_it_was_written(world: Json) -> None:
    read = read_world(world)

    again = read_world(document_of(json.dumps(written_world(read))))

    assert again == read


def test_names_titles_and_reasons_are_kept() -> None:
    pause = {"kind": "pause", "engagement": "e1", "from": "2026-01-01", "reason": "leave", "authority": "partners"}
    world = small_world([version(achieved(), source={"key": "cqc"})], [], people=[{"id": "p1", "name": "Aisha"}])
    world["adjustments"] = [pause]
    world["requirements"][0]["title"] = "Life support"

    written = written_world(read_world(world))

    assert written["people"] == [{"id": "p1", "states": [], "name": "Aisha"}]
    assert json.dumps(written).count('"Life support"') == 1
    assert json.dumps(written).count('{"key": "cqc"}') == 1
    assert json.dumps(written).count('"leave"') == 1


def parents(*relations: tuple[str, str, str | None, str | None]) -> Json:
    """Organisations a, b and c with these relations: (below, above, from, to)."""
    return {
        "organisations": [
            {
                "id": name,
                "parents": [{"value": up, "from": s, "to": e} for below, up, s, e in relations if below == name],
            }
            for name in ("a", "b", "c")
        ]
    }


@pytest.mark.parametrize(
    ("relations", "place"),
    [
        ([("a", "a", None, None)], "organisations[0].parents[0]"),
        ([("a", "b", None, None), ("b", "a", None, None)], "organisations[1].parents[0]"),
        (
            [("a", "b", None, "2021-01-01"), ("b", "c", "2020-01-01", None), ("c", "a", "2020-12-31", None)],
            "organisations[2].parents[0]",
        ),
    ],
)
def test_a_circle_on_any_one_day_is_refused(
    relations: list[tuple[str, str, str | None, str | None]], place: str
) -> None:
    with pytest.raises(DocumentError) as refused:
        read_world(parents(*relations))

    assert refused.value.place == place


def test_relations_that_never_make_a_circle_on_one_day_are_not_one() -> None:
    turned = parents(("a", "b", None, "2021-01-01"), ("b", "a", "2021-01-01", None))
    world = small_world([version(achieved(), audience={"at": ["b"]})], [])
    world["organisations"] = turned["organisations"]
    world["engagements"][0]["organisation"] = "a"

    assert [judge_document(world, as_of=date(year, 6, 1)) != [] for year in (2020, 2021)] == [True, False]


def test_the_judge_answers_for_given_pairs_alone_and_for_those_not_needed_when_asked() -> None:
    world = small_world([version(achieved())], [record("2026-06-01")])
    world["requirements"] += [{"id": "fire", "versions": [version(achieved(), audience={"role": ["gp"]})]}]
    judge = Judge(read_world(world))

    every = judge.verdicts(TODAY, not_needed=True)
    needed = judge.verdicts(TODAY)

    assert [(one.requirement, one.status) for one in every] == [("bls", Status.VALID), ("fire", Status.NOT_NEEDED)]
    assert needed == every[:1]
    assert judge.verdicts(TODAY, [("e1", "fire"), ("e1", "bls"), ("e1", "bls")]) == needed
    assert judge.verdicts(TODAY, [("e1", "fire")], not_needed=True) == every[1:]
    assert judge.verdicts(TODAY, []) == []


def test_what_the_world_does_not_hold_is_named() -> None:
    judge = Judge(read_world(small_world([version(achieved())], [])))

    with pytest.raises(UnknownIdError, match="e9"):
        judge.verdict("e9", "bls", TODAY)
    with pytest.raises(UnknownIdError, match="fire"):
        judge.explain("e1", "fire", TODAY)


def test_the_example_of_the_reference_gives_the_answer_printed_there() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "world-file.md").read_text(encoding="utf-8")
    world, answer = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL))

    assert judge_document(world, as_of=TODAY) == answer


def test_a_table_has_a_row_for_each_verdict_and_its_words_below() -> None:
    world = read_world(small_world([version(achieved())], [record("2026-06-01")]))
    judge = Judge(world)
    verdicts = judge.verdicts(TODAY)

    table = answer_table(world, verdicts)
    explained = answer_table(world, verdicts, [judge.explain("e1", "bls", TODAY)])

    assert table == (
        "engagement  person  requirement  standing                 next change\n"
        "e1          p1      bls          Valid until 1 June 2027  2027-06-01\n"
    )
    assert explained.splitlines()[:3] == [
        *table.splitlines(),
        "    p1 meets this until the end of 1 June 2027 by the record of 1 June 2026.",
    ]


def test_an_explanation_is_written_as_plain_json_with_its_words() -> None:
    hours = {"hours": {"subjects": ["bls"], "minutes": 60, "months": 12}}
    audience = {"all": [{"role": ["practice-nurse"]}, {"not": {"kind": ["locum"]}}]}
    rule = version(
        {"all_of": [hours, {"state": {"state": "registered:nmc"}}]}, audience=audience, source={"key": ["a"]}
    )
    judge = Judge(read_world(small_world([rule], [])))

    entry = explanation_entry(judge.explain("e1", "bls", TODAY), Names())

    assert entry == json.loads(json.dumps(entry))
    assert entry["version"] == {
        "index": 0,
        "starts_on": "2010-01-01",
        "ends_on": None,
        "source": {"key": ["a"]},
        "kept": False,
    }
    assert entry["ways"] == [
        {
            "steps": [
                {
                    "spend": {
                        "subjects": ["bls"],
                        "level": 1,
                        "minutes": 60,
                        "participatory_minutes": 0,
                        "dated_from": "2025-11-22",
                    }
                },
                {"hold": {"state": "registered:nmc"}},
            ],
            "done_on": "2026-11-22",
            "until": "2027-11-22",
        }
    ]
    assert sorted(entry) == [
        *("adjustments", "applicability", "criterion", "day", "known_at", "next_change"),
        *("parts", "person", "records", "version", "ways", "words"),
    ]


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no plain form"):
        plain(object())
