"""What people say of their skills, whom they ask, and what assessors sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from preceptor.ui.forms import Day, Email, Form, LongText, Pick, Text, Ticks

from ..domain import Framework, Skill
from ..domain.framework import LEVEL_KEYS, SHOWN_WORDS, Level, Shown
from ..domain.signing import NOW_WORDS, Said, SeenIn, Signing

SIGN: Final = "sign"
NOT_YET: Final = "not-yet"
_LONGEST: Final = 2000
_NOWHERE: Final = "none"


class RateForm(Form[Said]):
    """How well I do a task now, and how well I need to."""

    now = Pick(
        "How well do you do this now?",
        choices=[(str(key), words) for key, words in NOW_WORDS.items()],
        missing="Choose how well you do it now",
    )
    need = Pick("How well do you need to do it?", missing="Choose how well you need to do it")
    words = LongText(
        "Is there anything to add?",
        hint="For example, when you last did it. Do not name patients",
        required=False,
        max_length=_LONGEST,
    )

    def __init__(self, answers: Mapping[str, str] | None, *, framework: Framework, initial: dict[str, Any]) -> None:
        super().__init__(answers, initial=initial)
        picker = self.fields["need"]
        if isinstance(picker, Pick):
            picker.offer((str(int(term.level)), term.name) for term in framework.levels)

    def build(self) -> Said:
        """What was said."""
        given = self.cleaned_data
        return Said(int(given["now"]), Level(int(given["need"])), given["words"])


class AskForm(Form[str]):
    """Which colleague to ask."""

    assessor = Pick("Whom do you want to ask?", missing="Choose whom to ask")

    def __init__(self, answers: Mapping[str, str] | None, *, assessors: Iterable[tuple[str, str, str]]) -> None:
        super().__init__(answers)
        picker = self.fields["assessor"]
        if isinstance(picker, Pick):
            found = list(assessors)
            picker.offer((key, name) for key, name, _ in found)
            picker.hints = {key: hint for key, _, hint in found}

    def build(self) -> str:
        """The colleague’s identifier."""
        return str(self.cleaned_data["assessor"])


@dataclass(frozen=True, slots=True)
class Inviting:
    """Somebody outside to ask."""

    name: str
    work: str
    email: str


class InviteForm(Form[Inviting]):
    """Somebody outside the practice to ask, by email."""

    name = Text("What is their name?", missing="Enter their name", max_length=200)
    work = Text(
        "What do they do, and where?",
        hint="For example, practice nurse at Birch Health Centre",
        missing="Say what they do and where",
        max_length=200,
    )
    email = Email("What is their email address?", missing="Enter their email address")

    def build(self) -> Inviting:
        """Who they are."""
        given = self.cleaned_data
        return Inviting(given["name"], given["work"], given["email"])


@dataclass(frozen=True, slots=True)
class Logging:
    """One procedure, on a day, under somebody's eyes."""

    on: date
    supervisor: str
    note: str


class LogForm(Form[Logging]):
    """One procedure to log."""

    on = Day("When did you do it?", subject="The date", missing="Enter the date", hint="For example, 3 11 2026")
    supervisor = Text("Who supervised it?", missing="Say who supervised it", max_length=200)
    note = Text("Is there anything to add?", hint="Do not name patients", required=False, max_length=200)

    def build(self) -> Logging:
        """The procedure."""
        given = self.cleaned_data
        return Logging(given["on"], given["supervisor"], given["note"])


@dataclass(frozen=True, slots=True)
class Answering:
    """An assessor's answer: a signature, or not yet with what to practise."""

    signing: Signing | None
    words: str


class SignForm(Form[Answering]):
    """What an assessor saw, and their signature."""

    answer = Pick(
        "What is your answer?",
        choices=[(SIGN, "I sign for it"), (NOT_YET, "Not yet")],
        missing="Choose whether you sign for it",
    )
    level = Pick("How well do they do it?", missing="Choose how well they do it", required=False)
    method = Pick("How did they show it?", missing="Choose how it was shown", required=False)
    system = Pick("In which system did you see it?", missing="Choose in which system you saw it", required=False)
    version = Text(
        "Which version of it?",
        hint="If you know. For example, the number on its first screen",
        required=False,
        max_length=60,
        width=10,
    )
    seen = Ticks("What did you see?", required=False)
    statement = LongText(
        "In your own words",
        hint="What you saw; or if not yet, what to practise. They will read this. Do not name patients",
        missing="Say what you saw, or what to practise",
        max_length=_LONGEST,
    )
    expires_on = Day(
        "Last day it is valid",
        subject="The last valid day",
        hint="Leave empty for as long as a signature for this skill holds",
        required=False,
    )

    def __init__(
        self,
        answers: Mapping[str, str] | None,
        *,
        skill: Skill,
        framework: Framework,
        need: Level,
        systems: Sequence[SeenIn],
    ) -> None:
        super().__init__(answers, initial={"level": str(int(need))})
        self.skill, self.systems = skill, {one.code: one for one in systems}
        picker = self.fields["system"]
        if isinstance(picker, Pick):
            anywhere = [] if skill.systems else [(_NOWHERE, "No system in particular")]
            picker.offer([*((one.code, one.name) for one in systems), *anywhere])
        if not systems:
            del self.fields["system"], self.fields["version"]
        level, method, seen = self.fields["level"], self.fields["method"], self.fields["seen"]
        if isinstance(level, Pick) and isinstance(method, Pick) and isinstance(seen, Ticks):
            level.offer((str(int(one)), framework.term(one).name) for one in LEVEL_KEYS.values())
            method.offer((one.value, SHOWN_WORDS[one]) for one in skill.shown if one is not Shown.LOGGED)
            seen.choices = [(str(at), point) for at, point in enumerate(skill.look_for)]

    def clean(self) -> dict[str, Any]:
        """Asks a signature for everything it needs."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == SIGN:
            for name, missing in (
                ("level", "Choose how well they do it"),
                ("method", "Choose how it was shown"),
                *([("system", "Choose in which system you saw it")] if self.systems else []),
                ("seen", "Choose what you saw. If you saw none of it, answer “not yet”"),
            ):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, missing)
        return given

    def build(self) -> Answering:
        """The answer."""
        given = self.cleaned_data
        if given["answer"] == NOT_YET:
            return Answering(None, given["statement"])
        seen = tuple(self.skill.look_for[int(at)] for at in given["seen"])
        where = self.systems.get(given.get("system", ""))
        signing = Signing(
            Level(int(given["level"])),
            Shown(given["method"]),
            seen,
            given["statement"],
            given["expires_on"],
            replace(where, version=" ".join(given["version"].split())) if where else None,
        )
        return Answering(signing, given["statement"])


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody to name for a skill, and why."""

    person: str
    reason: str


class NameForm(Form[Naming]):
    """Whom to name for a skill."""

    person = Pick("Who may sign for it?", missing="Choose who may sign for it")
    reason = LongText(
        "What makes them able to?", missing="Say what makes them able to sign for it", max_length=_LONGEST
    )

    def __init__(self, answers: Mapping[str, str] | None, *, people: Iterable[tuple[str, str]]) -> None:
        super().__init__(answers)
        picker = self.fields["person"]
        if isinstance(picker, Pick):
            picker.offer(people)

    def build(self) -> Naming:
        """The person and the reason."""
        return Naming(self.cleaned_data["person"], self.cleaned_data["reason"])
