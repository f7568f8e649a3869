"""The text of a world file: JSON, read so strictly that nothing in it can be overlooked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from preceptor.compliance.requirements.domain.reading import DocumentError, below

_MOST_DIGITS: Final = 400


class _Wrong:
    """Stands in the document for a number that is none."""

    def __init__(self, problem: str) -> None:
        self.problem = problem


class _Repeating(dict[str, object]):
    """An object of the document that names a key twice."""

    repeated: str = ""


def document_of(text: str) -> object:
    """The plain JSON values of a text; refuses a repeated key, and any number JSON does not have, naming the place."""
    faulty = False

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal faulty
        made = dict(found)
        if len(made) == len(found):
            return made
        faulty = True
        repeating = _Repeating(made)
        keys = [key for key, _ in found]
        repeating.repeated = next(key for key in keys if keys.count(key) > 1)
        return repeating

    def wrong(problem: str) -> _Wrong:
        nonlocal faulty
        faulty = True
        return _Wrong(problem)

    try:
        document = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_constant=lambda name: wrong(f"{name} is not a number"),
            parse_int=lambda digits: int(digits) if len(digits) <= _MOST_DIGITS else wrong("has too many digits"),
        )
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg}, at line {error.lineno}, column {error.colno}"
        raise DocumentError("", problem) from None
    except RecursionError:
        raise DocumentError("", "is not a world: its values lie too deep inside one another") from None
    if faulty:
        raise next(_errors(document))
    return document


def _errors(document: object) -> Iterator[DocumentError]:
    """Every fault that was noted while reading, in the order of the text."""
    waiting: list[tuple[object, str]] = [(document, "")]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, _Wrong):
            yield DocumentError(place, value.problem)
        if isinstance(value, _Repeating):
            yield DocumentError(below(place, value.repeated), "is said twice in one object")
        if isinstance(value, dict):
            waiting += [(inner, below(place, key)) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(inner, f"{place}[{index}]") for index, inner in reversed(list(enumerate(value)))]
