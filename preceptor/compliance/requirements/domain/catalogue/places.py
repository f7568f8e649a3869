"""YAML read with the place of every value, so that whatever is wrong can be named by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from ..reading import Json

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_DEEPEST: Final = 40
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file of the catalogue."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class CatalogueError(ValueError):
    """The catalogue cannot be used; every problem found is here, in the order of files and lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class _TooDeepError(ValueError):
    """A value holds itself, or is nested beyond reason."""


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value with its place."""

    node: yaml.Node
    file: str

    @property
    def place(self) -> Place:
        """The line on which the value starts."""
        return Place(self.file, self.node.start_mark.line + 1)

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.node, yaml.MappingNode)

    def plain(self) -> Json:
        """The value as JSON has it; dates and moments stay text."""
        return _plain(self.node, _DEEPEST)

    def items(self) -> Iterator[Value] | None:
        """The values of a list, or None when it is not a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            return None
        return (Value(item, self.file) for item in self.node.value)

    def pairs(self) -> Iterator[tuple[Value, Value]]:
        """Each key of a mapping with its value, in the order written; none when it is not a mapping."""
        if isinstance(self.node, yaml.MappingNode):
            for key, value in self.node.value:
                yield Value(key, self.file), Value(value, self.file)

    def repeated_keys(self) -> Iterator[Value]:
        """Every key, at any depth, that its mapping already has."""
        yield from (Value(node, self.file) for node in _repeated(self.node, _DEEPEST))

    def line_of(self, path: str) -> Place:
        """The place of what a path such as `met_by.achieved.months` leads to, or of the nearest value on the way."""
        node = self.node
        for step in re.findall(r"[^.\[\]]+", path):
            found = _step(node, step)
            if found is None:
                break
            node = found
        return Value(node, self.file).place


def document(text: str, file: str) -> Value:
    """The one YAML value that a text holds; raises a `CatalogueError` with the line when it is not YAML."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if node is not None:
            _plain(node, _DEEPEST)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"is not valid YAML: {error.problem or 'it cannot be read'}. Check the indentation, quotes and brackets"
        raise CatalogueError((Problem(Place(file, line), what),)) from error
    except yaml.YAMLError as error:
        raise CatalogueError((Problem(Place(file, 1), "is not YAML text. Save it as UTF-8"),)) from error
    except _TooDeepError as error:
        raise CatalogueError((Problem(Place(file, 1), "is nested too deeply, or an anchor holds itself"),)) from error
    if node is None:
        raise CatalogueError((Problem(Place(file, 1), "is empty. Write its entries or remove the file"),))
    return Value(node, file)


def _plain(node: yaml.Node, depth: int) -> Json:
    if not depth:
        raise _TooDeepError
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, depth - 1) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value, depth - 1) for key, value in node.value}
    return _scalar(node)


def _scalar(node: yaml.Node) -> Json:
    text = str(node.value)
    tag = str(node.tag).rpartition(":")[2]
    if tag == "null" and text in _NULLS:
        return None
    if tag == "bool":
        return text.lower() in {"true", "yes", "on"}
    if tag == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if tag == "float":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _repeated(node: yaml.Node, depth: int) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item, depth - 1)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                yield key
            seen.add(str(key.value))
            yield from _repeated(value, depth - 1)


def _step(node: yaml.Node, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        found: Mapping[str, yaml.Node] = {str(key.value): value for key, value in node.value}
        return found.get(step)
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        item: yaml.Node = node.value[int(step)]
        return item
    return None
