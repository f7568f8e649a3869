"""Input about rollouts as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.forms import BoundField
from django.http import QueryDict

from preceptor.compliance.requirements.domain.audience import All, Everyone, Leaf, System
from preceptor.compliance.requirements.domain.audience import Any as AnyOf
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Text, Ticks, Upload, uploaded

from .domain.notice import (
    MOST_OF_A_TITLE,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_TASKS,
    MOST_WORDS,
    Check,
    Material,
    Notice,
    Task,
    TaskKind,
    lines_of,
)
from .domain.questions import LONGEST

Options = Iterable[tuple[str, str]]

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_KINDS: Final = (
    (TaskKind.PRACTISE.value, "Practise something"),
    (TaskKind.COURSE.value, "Do a course"),
    (TaskKind.SESSION.value, "Come to a session"),
)
_OTHERS: Final = "other_role"  # roles that nobody here has now
_LEAVES: Final[Mapping[str, str]] = {
    "role": "Roles",
    _OTHERS: "Roles nobody here has now",
    "staff_group": "Staff groups",
    "task": "Tasks",
    "person": "People, by name",
}
_SYSTEM: Final = "system"  # narrows what is chosen, and chooses nobody by itself
_PRODUCT: Final = "product"  # chosen for what is not on the list of systems
_MOST_LINKS: Final = 3
_MOST_MINUTES: Final = 600


class ChangeForm(Form[Notice]):
    """What changes, in which system, when, and what is different."""

    title = Text(
        "What changes?",
        hint="For example, new redaction screen",
        max_length=MOST_OF_A_TITLE,
        missing="Say what changes",
    )
    system = Choice("In which system?", prompt="Choose a system", missing="Choose the system")
    system_version = Text(
        "Which version of it?", hint="Leave this empty if nobody knows", required=False, max_length=40
    )
    goes_live_on = Day("When does it go live?", subject="The day it goes live", missing="Enter the day it goes live")
    different = LongText(
        "What is different, in 60 seconds?",
        hint=f"One step to a line, {MOST_WORDS} words at most. Say what people do now that they did not do before",
        missing="Say what is different",
    )

    def __init__(self, answers: Mapping[str, str] | None, *, systems: Options, notice: Notice | None = None) -> None:
        initial: dict[str, Any] = {}
        if notice is not None:
            initial = {name: getattr(notice, name) for name in ("title", "system", "system_version", "goes_live_on")}
            initial["different"] = "\n".join(notice.different)
        super().__init__(answers, initial=initial)
        self._notice = notice
        chooser, options = self.fields["system"], list(systems)
        if notice is not None and notice.product:
            options.append((_PRODUCT, notice.product))
            self.initial["system"] = notice.system or _PRODUCT
        if isinstance(chooser, Choice):
            chooser.offer(options)

    def clean_different(self) -> str:
        """The lines, as long as they are read in a minute."""
        said = str(self.cleaned_data["different"])
        words = len(said.split())
        if words > MOST_WORDS:
            self.add_error("different", f"Use {MOST_WORDS} words or fewer. There are {words}")
        return said

    def build(self) -> Notice:
        """The notice with this part said."""
        given = self.cleaned_data
        said = {name: given[name].strip() for name in ("title", "system", "system_version")}
        before = self._notice or Notice("", "", given["goes_live_on"])
        if said["system"] == _PRODUCT:
            said["system"] = ""
        return replace(before, **said, goes_live_on=given["goes_live_on"], different=lines_of(given["different"]))


class WhomForm(Form[Notice]):
    """Everybody, or people with any of some roles, groups and tasks, and people by name."""

    whom = Pick("Who is touched by it?", missing="Choose who is touched")

    def __init__(
        self,
        data: QueryDict | None,
        *,
        notice: Notice,
        lists: Mapping[str, Options],
        as_it_is: str,
    ) -> None:
        held = _plain(notice)
        chosen = (
            "kept" if held is None else "some" if held.keys() & _LEAVES.keys() else "everyone" if notice.whom else ""
        )
        super().__init__(data, initial={"whom": chosen or None})
        self._notice = notice
        choices = [("everyone", "Everyone"), ("some", "People with any of these")]
        if held is None:
            choices.append(("kept", f"As it is: {as_it_is}"))
        whom = self.fields["whom"]
        if isinstance(whom, Pick):
            whom.offer(choices)
        others = dict(lists.get(_OTHERS, ()))
        for key, label in (*_LEAVES.items(), (_SYSTEM, "Only where one of these systems is in use")):
            options = list(lists.get(key, ()))
            initial = list((held or {}).get("role" if key == _OTHERS else key, ()))
            if key in {"role", _OTHERS}:
                initial = [one for one in initial if one in dict(options) or (key == "role" and one not in others)]
            options += [(code, code) for code in initial if code not in dict(options)]
            if options:
                self.fields[key] = Ticks(label, choices=options, required=False, title_above=True, initial=initial)

    @property
    def ticks(self) -> tuple[BoundField, ...]:
        """The lists to choose from."""
        return tuple(self[key] for key in (*_LEAVES, _SYSTEM) if key in self.fields)

    def clean(self) -> dict[str, Any]:
        """Refuses “any of these” without one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("whom") == "some" and not any(cleaned.get(key) for key in _LEAVES):
            first = next((key for key in _LEAVES if key in self.fields), "whom")
            self.refuse(first, "Choose at least one, or everyone")
        return cleaned

    def build(self) -> Notice:
        """The notice with its audience."""
        given = self.cleaned_data
        if given["whom"] == "kept":
            return self._notice
        where: list[Json] = [{_SYSTEM: list(given[_SYSTEM])}] if given.get(_SYSTEM) else []
        if given["whom"] == "everyone":
            return replace(self._notice, audience=where[0] if where else "everyone")
        roles = [*given.get("role", ()), *given.get(_OTHERS, ())]
        chosen_of = {key: roles if key == "role" else list(given.get(key, ())) for key in _LEAVES if key != _OTHERS}
        leaves: list[Json] = [{key: list(some)} for key, some in chosen_of.items() if some]
        chosen: Json = leaves[0] if len(leaves) == 1 else {"any": leaves}
        return replace(self._notice, audience={"all": [chosen, *where]} if where else chosen)


def _plain(notice: Notice) -> dict[str, tuple[str, ...]] | None:
    """An audience as the lists this form offers; None when it says more than they can."""
    whom = notice.whom
    where: tuple[System, ...] = ()
    if isinstance(whom, All) and len(whom.parts) == 2 and isinstance(whom.parts[1], System):
        where = (whom.parts[1],)
        whom = whom.parts[0]
    parts: Sequence[object] = () if whom is None or isinstance(whom, Everyone) else (whom,)
    if isinstance(whom, AnyOf):
        parts = whom.parts
        if any(isinstance(one, System) for one in parts):
            return None
    parts = (*parts, *where)
    found: dict[str, tuple[str, ...]] = {}
    for one in parts:
        if not isinstance(one, Leaf) or one.key not in {*_LEAVES, _SYSTEM} or one.key in found:
            return None
        found[one.key] = one.one_of
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under a title; open once something is said, or wrong."""

    title: str
    is_open: bool
    fields: tuple[BoundField, ...]


class DoForm(Form[Notice]):
    """The check of understanding, and what else to do."""

    def __init__(self, data: QueryDict | None, *, notice: Notice, groups: Options) -> None:
        super().__init__(data)
        self._notice = notice
        for number in range(MOST_QUESTIONS):
            self._ask_check(number, notice.checks[number] if number < len(notice.checks) else None)
        for number in range(MOST_TASKS):
            self._ask_task(number, notice.tasks[number] if number < len(notice.tasks) else None, list(groups))

    def _ask_check(self, number: int, check: Check | None) -> None:
        self.fields[f"q{number}_words"] = Text("Question", required=False, initial=check and check.words)
        self.fields[f"q{number}_options"] = LongText(
            "Answers to choose from",
            hint=f"One to a line, 2 to {MOST_OPTIONS} of them",
            required=False,
            initial=check and "\n".join(check.options),
        )
        self.fields[f"q{number}_right"] = Number(
            "Which line is right?",
            hint="1 for the first line",
            required=False,
            width=2,
            initial=check and check.right + 1,
        )
        self.fields[f"q{number}_why"] = LongText(
            "Why is it right?",
            hint="People read this once they have answered",
            required=False,
            max_length=LONGEST,
            initial=check and check.why,
        )

    def _ask_task(self, number: int, task: Task | None, groups: list[tuple[str, str]]) -> None:
        self.fields[f"t{number}_kind"] = Choice(
            "What kind of thing is it?", choices=_KINDS, prompt="Nothing", required=False, initial=task and task.kind
        )
        self.fields[f"t{number}_words"] = Text(
            "What is to be done?",
            hint="For example, practise on the test patient",
            required=False,
            max_length=80,
            initial=task and task.words,
        )
        self.fields[f"t{number}_minutes"] = Number("Minutes", required=False, width=4, initial=task and task.minutes)
        self.fields[f"t{number}_link"] = Text(
            "Link",
            hint="Begins with https://. Leave this empty if there is none",
            required=False,
            max_length=300,
            initial=task and task.link,
        )
        self.fields[f"t{number}_groups"] = Ticks(
            "Only for these staff groups (none ticked: everyone it is for)",
            choices=groups,
            required=False,
            initial=list(task.groups) if task else [],
        )

    def checks(self) -> tuple[Group, ...]:
        """The questions of the check, each with its own fields."""
        return tuple(self._group(f"Question {number + 1}", f"q{number}_") for number in range(MOST_QUESTIONS))

    def tasks(self) -> tuple[Group, ...]:
        """What else to do, each with its own fields."""
        return tuple(self._group(f"Thing to do {number + 1}", f"t{number}_") for number in range(MOST_TASKS))

    def _group(self, title: str, prefix: str) -> Group:
        fields = tuple(self[name] for name in self.fields if name.startswith(prefix))
        is_open = any(one.errors for one in fields) or any(one.value() for one in fields)
        return Group(title, is_open, fields)

    def clean(self) -> dict[str, Any]:
        """Refuses half a question and half a task."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(MOST_QUESTIONS):
            self._refuse_check(cleaned, f"q{number}_")
        for number in range(MOST_TASKS):
            self._refuse_task(cleaned, f"t{number}_")
        return cleaned

    def _refuse_check(self, cleaned: dict[str, Any], at: str) -> None:
        words, options = cleaned.get(f"{at}words"), lines_of(cleaned.get(f"{at}options") or "")
        right = cleaned.get(f"{at}right")
        if not (words or options or right or cleaned.get(f"{at}why")):
            return
        if not words:
            self.refuse(f"{at}words", "Write the question, or empty all of its boxes")
        if not 2 <= len(options) <= MOST_OPTIONS:
            self.refuse(f"{at}options", f"Give 2 to {MOST_OPTIONS} answers, one to a line")
        if not right or not 1 <= right <= len(options):
            self.refuse(f"{at}right", "Say which line is right, with its number")
        if not cleaned.get(f"{at}why"):
            self.refuse(f"{at}why", "Say why it is right")

    def _refuse_task(self, cleaned: dict[str, Any], at: str) -> None:
        kind, words, link = cleaned.get(f"{at}kind"), cleaned.get(f"{at}words"), cleaned.get(f"{at}link") or ""
        minutes = cleaned.get(f"{at}minutes")
        if kind and not words:
            self.refuse(f"{at}words", "Say what is to be done")
        if words and not kind:
            self.refuse(f"{at}kind", "Choose what kind of thing it is")
        if minutes is not None and not 0 <= minutes <= _MOST_MINUTES:
            self.refuse(f"{at}minutes", f"Minutes must be from 0 to {_MOST_MINUTES}")
        _refuse_link(self, f"{at}link", link)

    def build(self) -> Notice:
        """The notice with what to do."""
        return replace(self._notice, checks=tuple(self._checks()), tasks=tuple(self._tasks()))

    def _checks(self) -> Iterator[Check]:
        given = self.cleaned_data
        for number in range(MOST_QUESTIONS):
            at = f"q{number}_"
            if given[f"{at}words"]:
                yield Check(
                    given[f"{at}words"].strip(),
                    lines_of(given[f"{at}options"]),
                    given[f"{at}right"] - 1,
                    given[f"{at}why"].strip(),
                )

    def _tasks(self) -> Iterator[Task]:
        given = self.cleaned_data
        for number in range(MOST_TASKS):
            at = f"t{number}_"
            if given[f"{at}kind"]:
                yield Task(
                    key=f"task-{number + 1}",
                    kind=TaskKind(given[f"{at}kind"]),
                    words=given[f"{at}words"].strip(),
                    minutes=given[f"{at}minutes"] or 0,
                    link=given[f"{at}link"].strip(),
                    groups=tuple(given[f"{at}groups"]),
                )


class LinksForm(Form[Notice]):
    """Links to the supplier's own material."""

    def __init__(self, data: Mapping[str, str] | None, *, notice: Notice) -> None:
        super().__init__(data)
        self._notice = notice
        for number in range(_MOST_LINKS):
            held = notice.links[number] if number < len(notice.links) else None
            self.fields[f"title{number}"] = Text(
                f"Link {number + 1}: what is it called?", required=False, max_length=120, initial=held and held.title
            )
            self.fields[f"href{number}"] = Text(
                f"Link {number + 1}: where is it?",
                hint="Begins with https://",
                required=False,
                max_length=300,
                initial=held and held.href,
            )

    def clean(self) -> dict[str, Any]:
        """Refuses a name without a link, and the other way round."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(_MOST_LINKS):
            title, href = cleaned.get(f"title{number}"), cleaned.get(f"href{number}")
            if title and not href:
                self.refuse(f"href{number}", "Enter the link")
            if href and not title:
                self.refuse(f"title{number}", "Say what the link is called")
            _refuse_link(self, f"href{number}", href or "")
        return cleaned

    def build(self) -> Notice:
        """The notice with its links."""
        given = self.cleaned_data
        links = (Material(given[f"title{at}"].strip(), given[f"href{at}"].strip()) for at in range(_MOST_LINKS))
        return replace(self._notice, links=tuple(one for one in links if one.href))


@dataclass(frozen=True, slots=True)
class Bringing:
    """A file to add, and what it shows or is called."""

    name: str
    content: bytes
    words: str


class FileForm(Form[Bringing]):
    """A picture or a document to add."""

    file = Upload(
        "Picture or document",
        most_megabytes=5,
        accept=".png,.jpg,.jpeg,.pdf",
        hint="PNG, JPEG or PDF, smaller than 5 MB. No patient must be in it",
    )
    words = Text(
        "What does the picture show, or what is the document called?",
        hint="Read aloud to people who cannot see the picture",
        missing="Say what the picture shows, or what the document is called",
    )

    def build(self) -> Bringing:
        """The file."""
        name, content = uploaded(self.cleaned_data["file"])
        return Bringing(name, content, self.cleaned_data["words"])


@dataclass(frozen=True, slots=True)
class Publishing:
    """What a correction says of itself."""

    changed: str = ""
    asks_again: bool = False


class PublishForm(Form[Publishing]):
    """Publishing: a correction says what it corrects, and whether it matters to who has read it."""

    def __init__(self, answers: Mapping[str, str] | None, *, is_correction: bool, must_ask: bool) -> None:
        super().__init__(answers)
        self._must_ask = must_ask
        if is_correction:
            self.fields["changed"] = LongText("What do you correct?", missing="Say what you correct", max_length=500)
            if not must_ask:
                self.fields["asks_again"] = Pick(
                    "Must those who have read it read it again?",
                    hint="If so, they also answer and do again what it asks",
                    choices=_YES_NO,
                    inline=True,
                    missing="Choose whether they must read it again",
                )

    def build(self) -> Publishing:
        """What the correction says."""
        given = self.cleaned_data
        return Publishing(given.get("changed", ""), self._must_ask or given.get("asks_again") == "yes")


@dataclass(frozen=True, slots=True)
class Deciding:
    """Taking a rollout over from a day, or leaving it out with a reason."""

    goes_live_on: date | None
    reason: str


class DecideForm(Form[Deciding]):
    """Whether a place takes a rollout over."""

    decision = Pick("Does this touch you?", missing="Choose whether you take it over")
    goes_live_on = Day("When does it go live here?", subject="The day it goes live", required=False)
    reason = LongText("If not, why?", hint="Whoever published it reads this", required=False, max_length=500)

    def __init__(self, answers: Mapping[str, str] | None, *, goes_live_on: date, is_followed: bool) -> None:
        super().__init__(answers, initial={"goes_live_on": goes_live_on})
        decision = self.fields["decision"]
        if isinstance(decision, Pick):
            no = "No longer: end it here" if is_followed else "No, leave it out"
            decision.offer([("yes", "Yes, ask our people to read it"), ("no", no)])

    def clean(self) -> dict[str, Any]:
        """A yes needs its day, a no its reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "yes" and not cleaned.get("goes_live_on") and "goes_live_on" not in self.errors:
            self.refuse("goes_live_on", "Enter the day it goes live here")
        if cleaned.get("decision") == "no" and not cleaned.get("reason"):
            self.refuse("reason", "Say why. Whoever published it reads this")
        return cleaned

    def build(self) -> Deciding:
        """The decision."""
        given = self.cleaned_data
        return Deciding(given["goes_live_on"] if given["decision"] == "yes" else None, given["reason"])


class AskForm(Form[str]):
    """A question about a change."""

    words = LongText(
        "What do you want to know?",
        hint="Everybody who reads this notice can see the question, and not who asked. Do not name patients",
        missing="Write your question",
        max_length=LONGEST,
    )

    def build(self) -> str:
        """The question."""
        return str(self.cleaned_data["words"])


class AnswerForm(Form[str]):
    """An answer for everybody."""

    words = LongText("Your answer", missing="Write your answer", max_length=LONGEST)

    def build(self) -> str:
        """The answer."""
        return str(self.cleaned_data["words"])


class RequireForm(Form[str]):
    """A new requirement, or the next version of one."""

    requirement = Choice("Which requirement?", prompt="A new one", required=False)

    def __init__(self, answers: Mapping[str, str] | None, *, held: Options) -> None:
        super().__init__(answers)
        chooser = self.fields["requirement"]
        if isinstance(chooser, Choice):
            chooser.offer(held)

    def build(self) -> str:
        """The identifier of the requirement; nothing for a new one."""
        return str(self.cleaned_data["requirement"])


class RefresherForm(Form[bool]):
    """Whether a place asks for the yearly refresher."""

    is_asked = Pick(
        "Must everybody confirm once a year what changed?",
        choices=_YES_NO,
        inline=True,
        missing="Choose yes or no",
    )

    def build(self) -> bool:
        """Is it asked?"""
        return bool(self.cleaned_data["is_asked"] == "yes")


class CheckForm(Form[tuple[int, ...]]):
    """The check of understanding, as it is answered."""

    def __init__(self, answers: Mapping[str, str] | None, *, checks: Sequence[Check]) -> None:
        super().__init__(answers)
        self._number = len(checks)
        for at, check in enumerate(checks):
            options = [(str(number), words) for number, words in enumerate(check.options)]
            self.fields[f"a{at}"] = Pick(f"{at + 1}. {check.words}", choices=options, missing="Choose an answer")

    def build(self) -> tuple[int, ...]:
        """The answers, each by its number."""
        return tuple(int(self.cleaned_data[f"a{at}"]) for at in range(self._number))


class ConfirmForm(Form[None]):
    """A question without fields: to press the button is the answer."""

    def build(self) -> None:
        """Nothing is said."""


def _refuse_link(form: Form[Any], field: str, link: str) -> None:
    if link and not link.startswith("https://"):
        form.refuse(field, "Enter a link that begins with https://")
