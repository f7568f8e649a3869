"""For whom, and how it is met: trees of questions, with buttons that add a part and take one away."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from django.forms import BoundField, Field
from django.http import QueryDict

from preceptor.compliance.requirements.domain.audience import LEAVES, named
from preceptor.compliance.requirements.domain.reading import DocumentError
from preceptor.ui.forms import Choice, Number, Pick, Ticks, options_of
from preceptor.ui.words import inside

from ..domain import asking, conditions
from ..domain.answers import Answers
from ..domain.questions import Question
from ..domain.trees import Node, Problem, changed, fields_of, node_in
from .offered import AnswerForm, Offered

_LEAVES: Final[Mapping[str, str]] = {
    "role": "Role",
    "staff_group": "Staff group",
    "kind": "Kind of engagement",
    "task": "Task",
    "person": "Person, by name",
    "at": "Place, or whatever is beneath it",
    "system": "System in use at the place",
    "service": "Service offered by the place",
}
_KINDS: Final[Mapping[str, str]] = {
    "achieved": "Something done once, or every so often",
    "count": "A number of times",
    "hours": "Hours that add up",
    "state": "Something they hold, such as a registration",
    "all_of": "All of a list",
    "any_of": "Any one of a list",
    "first_then": "One thing first, then another",
}
_JOINS: Final = (
    ("all_of", "All of a list"),
    ("any_of", "Any one of a list"),
    ("first_then", "This first, then something else"),
)
_GROUPS: Final[Mapping[str, str]] = {"all": "A group, all of these", "any": "A group, any of these"}
_MARK: Final = "_"


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the tree as it is drawn: its questions, what is inside, and which buttons it has."""

    at: str
    key: str
    title: str
    fields: tuple[BoundField, ...]
    ticks: tuple[BoundField, ...]
    hidden: tuple[tuple[str, str], ...]
    parts: tuple[Branch, ...]
    add: BoundField | None
    join: BoundField | None
    may_remove: bool
    is_group: bool


class TreeForm(AnswerForm):
    """A tree whose parts are questions."""

    at: ClassVar[str]
    names: ClassVar[Mapping[str, tuple[str, ...]]]
    question: ClassVar[Question]
    noun: ClassVar[str] = "Condition"

    def __init__(self, data: QueryDict | None, answers: Answers, *, offered: Offered, tree: Node | None = None) -> None:
        super().__init__(data, answers)
        self.offered = offered
        typed = node_in(dict(data.lists()), self.at, self.names) if data is not None else None
        self.tree = tree or typed or self.began()
        self._each(self.tree, self.at, 0, self._ask)

    @abstractmethod
    def began(self) -> Node:
        """The tree of the draft as it is."""

    @abstractmethod
    def make(self, key: str) -> Node | None:
        """A new part of a kind."""

    @abstractmethod
    def problems(self) -> list[Problem]:
        """What is wrong with the tree."""

    @abstractmethod
    def questions(self, node: Node, at: str, depth: int) -> dict[str, Field]:
        """The fields of one node, by their names without its place."""

    @abstractmethod
    def answered(self) -> Answers:
        """The answers with this tree, which has no problems."""

    def _each(self, node: Node, at: str, depth: int, do: Callable[[Node, str, int], None]) -> None:
        do(node, at, depth)
        for number, part in enumerate(node.parts):
            self._each(part, f"{at}-{number}", depth + 1, do)

    def _ask(self, node: Node, at: str, depth: int) -> None:
        for name, field in self.questions(node, at, depth).items():
            given = node.values.get(name, ())
            field.initial = list(given) if isinstance(field, Ticks) else next(iter(given), field.initial)
            self.fields[f"{at}{_MARK}{name}"] = field

    def pressed(self, button: str) -> TreeForm | None:
        """The tree with a part more, or one less; as it is for “update”."""
        if not isinstance(self.data, QueryDict):
            return None
        if button == "update":
            return type(self)(None, self.answers, offered=self.offered, tree=self.tree)
        fields: Mapping[str, list[str]] = dict(self.data.lists())
        tree = changed(self.tree, self.at, button, fields, self.make)
        return None if tree is None else type(self)(None, self.answers, offered=self.offered, tree=self.settled(tree))

    def settled(self, tree: Node) -> Node:
        """The tree after a button, made to agree with itself."""
        return tree

    def so_far(self) -> Answers | None:
        """The answers as far as the tree says something, saved or not; None while something is wrong."""
        if self.problems():
            return None
        try:
            return self.answered()
        except DocumentError:
            return None

    def clean(self) -> dict[str, Any]:
        """Puts every problem of the tree on its question."""
        cleaned: dict[str, Any] = super().clean() or {}
        for problem in self.problems():
            if problem.field not in self.errors:
                self.refuse(problem.field, problem.message)
        if not self.errors:
            try:
                self.answered()
            except DocumentError as error:
                self.refuse("", str(error))
        return cleaned

    def build(self) -> Answers:
        """The answers with the tree."""
        return self.answered().saying(self.question)

    @property
    def branch(self) -> Branch:
        """The tree as it is drawn."""
        return self._branch(self.tree, self.at, 0, is_fixed=True)

    def _branch(self, node: Node, at: str, depth: int, *, is_fixed: bool) -> Branch:
        asked = [self[name] for name in self.fields if name.startswith(f"{at}{_MARK}")]
        buttons = {f"{at}_add", f"{at}_join"}
        lists = [one for one in asked if isinstance(one.field, Ticks)]
        known = {one.name for one in asked}
        return Branch(
            at=at,
            key=node.key,
            title=self.title(node),
            fields=tuple(one for one in asked if one.name not in buttons and one not in lists),
            ticks=tuple(lists),
            hidden=tuple(
                (name, value)
                for name, values in fields_of(replace(node, parts=()), at).items()
                if name not in known
                for value in values
            ),
            parts=tuple(
                self._branch(part, f"{at}-{number}", depth + 1, is_fixed=node.key == asking.FIRST_THEN)
                for number, part in enumerate(node.parts)
            ),
            add=self[f"{at}_add"] if f"{at}_add" in self.fields else None,
            join=self[f"{at}_join"] if f"{at}_join" in self.fields else None,
            may_remove=not is_fixed,
            is_group=bool(node.parts) or node.key in {*conditions.JOINTS, *asking.COMBINED},
        )

    def chosen(self, bound: BoundField) -> str:
        """What is ticked, by name; short."""
        texts = [str(line["text"]) for line in options_of(bound) if line["checked"]]
        return ", ".join(texts[:3]) + (f" and {len(texts) - 3} more" if len(texts) > 3 else "")

    def part_name(self, branch: Branch, number: int) -> str:
        """What a part is called among its fellows."""
        part = branch.parts[number - 1]
        what = inside(part.title) if part.title else ""
        if branch.key == asking.FIRST_THEN:
            return f"{'First' if number == 1 else 'After that'}: {what}"
        return f"{self.noun} {number}: {what}"

    def title(self, node: Node) -> str:
        """What a part is called."""
        return _LEAVES.get(node.key) or _KINDS.get(node.key) or ""


class WhomForm(TreeForm):
    """Everyone, or the conditions they must fit."""

    at = conditions.AT
    names = conditions.NAMES
    question = Question.WHOM

    def began(self) -> Node:
        """The audience of the draft; nothing is chosen while there is none."""
        return conditions.tree_of(self.answers.audience) if self.answers.audience else Node("")

    def make(self, key: str) -> Node | None:
        """A new condition or group."""
        return conditions.made(key)

    def settled(self, tree: Node) -> Node:
        """Who adds a condition does not mean everyone."""
        return replace(tree, key="all") if tree.parts and tree.key not in conditions.JOINTS else tree

    def problems(self) -> list[Problem]:
        """What is wrong with the conditions."""
        if self.tree.key:
            return conditions.problems_in(self.tree)
        return [Problem(f"{self.at}_key", "Choose who it is for")]

    def answered(self) -> Answers:
        """The answers with the audience."""
        return replace(self.answers, audience=conditions.audience_in(self.tree, self.answers.audience))

    def title(self, node: Node) -> str:
        """A group says how its conditions are taken together."""
        return _GROUPS.get(node.key) or _LEAVES.get(node.key, "")

    def questions(self, node: Node, at: str, depth: int) -> dict[str, Field]:
        """Whom at the root, the conditions below."""
        kinds = list(_LEAVES.items())
        if depth == 0:
            whom = [
                ("everyone", "Everyone engaged here"),
                ("all", "Those who fit all of these conditions"),
                ("any", "Those who fit any of these conditions"),
            ]
            groups = [("any", "A group: any of"), ("all", "A group: all of")]
            return {
                "key": Pick("Who is it for?", choices=whom, required=False, title_above=True, initial=node.key or None),
                "add": Choice("Add a condition about", choices=[*kinds, *groups], required=False),
            }
        if node.key not in LEAVES:
            return {"add": Choice("Add to the group a condition about", choices=kinds, required=False)}
        label = _LEAVES[node.key]
        ways = [("is", "is one of"), ("not", "is not one of")]
        return {
            "is": Choice(label, choices=ways[:1] if depth > 1 and node.one("is") != "not" else ways, required=False),
            "of": Ticks(f"Which? {label}", choices=self._values(node), required=False, title_above=True),
        }

    def _values(self, node: Node) -> list[tuple[str, str]]:
        names, offered = self.offered.names, self.offered
        lists: dict[str, Mapping[str, str]] = {
            "role": names.roles,
            "staff_group": names.staff_groups,
            "kind": names.engagement_kinds,
            "task": names.tasks,
            "person": offered.people,
            "at": offered.places,
            "system": names.systems,
            "service": names.services,
        }
        audience = self.answers.audience
        held = {*node.values.get("of", ()), *(named(audience, LEAVES[node.key]) if audience else ())}
        known = lists[node.key]
        kept = {
            code: names.people.get(code) or names.organisations.get(code) or code for code in held if code not in known
        }
        return _by_name({**known, **kept}.items())


class MetForm(TreeForm):
    """What counts, alone or in lists."""

    at = asking.AT
    names = asking.NAMES
    question = Question.MET
    noun = "Part"

    def began(self) -> Node:
        """The criterion of the draft; something done once while there is none."""
        if self.answers.met_by is not None:
            return asking.tree_of(self.answers.met_by)
        return Node("achieved", {"level": ("1",)})

    def make(self, key: str) -> Node | None:
        """A new part."""
        return asking.made(key)

    def settled(self, tree: Node) -> Node:
        """A list of one that something was taken out of is that one thing."""
        return tree.parts[0] if tree.key in asking.LISTS and len(tree.parts) == 1 and len(self.tree.parts) > 1 else tree

    def problems(self) -> list[Problem]:
        """What is wrong with the parts."""
        return asking.problems_in(self.tree)

    def answered(self) -> Answers:
        """The answers with the criterion; where it has other parts, how long each counts is asked again."""
        before = self.answers.met_by
        met_by = asking.criterion_in(self.tree, before)
        answers = replace(self.answers, met_by=met_by)
        kinds = [[leaf.key for _, leaf in one.leaves()] if one else None for one in (before, met_by)]
        return answers if kinds[0] == kinds[1] else answers.asking_again(Question.AGAIN)

    def questions(self, node: Node, at: str, depth: int) -> dict[str, Field]:
        """What each part asks for."""
        join = Choice("Ask for more than this", choices=_JOINS, required=False)
        if node.key in asking.COMBINED:
            inner = [kind for kind in _KINDS.items() if kind[0] not in asking.COMBINED or depth == 0]
            found: dict[str, Field] = {}
            if node.key in asking.LISTS:
                found["add"] = Choice("Add to the list", choices=inner, required=False)
            return found | ({"join": join} if depth == 0 and _depth(node) < asking.MOST_COMBINED else {})
        asked = {name: self._field(name, node) for name in asking.NAMES[node.key] if name != "kept"}
        return asked | ({"join": join} if depth < asking.MOST_COMBINED else {})

    def _field(self, name: str, node: Node) -> Field:
        names = self.offered.names
        subjects = _by_name(names.subjects.items())
        match name:
            case "subject":
                return Choice("Subject", choices=_with(subjects, node.values.get(name, ())), prompt="", required=False)
            case "subjects":
                choices = _with(subjects, node.values.get(name, ()))
                return Ticks("Subjects", choices=choices, required=False, title_above=True)
            case "kinds":
                kinds = _with(list(names.record_kinds.items()), node.values.get(name, ()))
                return Ticks("Only these kinds of record (none ticked: any)", choices=kinds, required=False)
            case "state":
                states = _with(_by_name(names.states.items()), node.values.get(name, ()))
                return Choice("What they hold", choices=states, prompt="", required=False)
            case "level":
                return Number(
                    "Level", hint="1 where there are no levels; a higher level counts too", required=False, width=4
                )
            case "at_least":
                return Number("How many times", required=False, width=4)
            case "minutes":
                return Number("Minutes in all", hint="An hour is 60", required=False, width=4)
            case _:
                hint = "How many of them are done together with others. Leave empty for none"
                return Number("Minutes with others", hint=hint, required=False, width=4)


def _depth(node: Node) -> int:
    return max((_depth(part) for part in node.parts), default=0) + (node.key in asking.COMBINED)


def _by_name(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(lines, key=lambda line: (inside(line[1]).casefold(), line[0]))


def _with(lines: list[tuple[str, str]], codes: Iterable[str]) -> list[tuple[str, str]]:
    known = {code for code, _ in lines}
    return [*lines, *((code, code) for code in codes if code not in known)]
