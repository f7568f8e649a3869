"""What was asked of the skills matrix, and changes to a framework, as domain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from django.forms import BoundField

from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Search, Text, Ticks
from preceptor.ui.words import count

from ..domain import Framework, Skill
from ..domain.changing import NewSkill
from ..domain.framework import LEVEL_KEYS, Level
from ..domain.matrix import Question

T_co = TypeVar("T_co", covariant=True)

NOTHING: Final = "none"
_REASON_HINT: Final = "It stays with the version for everybody to read"
_FIRST_HINT: Final = "For example, 1 12 2026"


@dataclass(frozen=True, slots=True)
class Asked:
    """A day and a question."""

    on: date
    question: Question


class MatrixForm(Form[Asked]):
    """The filters, all of which may be empty. What is not on a list is refused, and then today's whole matrix shown."""

    on = Day("As of", subject="The date", required=False)
    name = Search("Name", required=False)
    role = Search("Role", required=False)
    module = Search("Module", required=False)
    system = Search("System", required=False)
    status = Choice("Status", choices=[(one.value, one.value) for one in Status], required=False)

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        """Takes what the address says; without a day it says today's, so that the boxes show it."""
        if not any(asked.get(f"on_{part}") for part in ("day", "month", "year")):
            asked = {**asked, "on_day": str(today.day), "on_month": str(today.month), "on_year": str(today.year)}
        super().__init__(asked)
        self.today = today

    def build(self) -> Asked:
        """The day, today if none, and the question."""
        given = self.cleaned_data
        question = Question(
            module=given["module"],
            system=given["system"],
            role=given["role"],
            name=given["name"].strip(),
            status=Status(given["status"]) if given["status"] else None,
        )
        return Asked(given["on"] or self.today, question)

    def asked(self) -> Asked:
        """What was asked, or today's whole matrix when it cannot be read."""
        return self.value() or Asked(self.today, Question())


@dataclass(frozen=True, slots=True)
class Adopting:
    """A version to follow, from when, and on whose decision."""

    version: str
    starts_on: date
    decided_by: str


class AdoptForm(Form[Adopting]):
    """Which version a place follows."""

    version = Pick("Which version do you want to follow?", missing="Choose a version")
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day", hint=_FIRST_HINT)
    decided_by = Text("Who decided this?", hint="For example, partners’ meeting", missing="Say who decided this")

    def __init__(self, answers: Mapping[str, str] | None, *, versions: Iterable[tuple[str, str]]) -> None:
        super().__init__(answers)
        picker = self.fields["version"]
        if isinstance(picker, Pick):
            picker.offer(versions)

    def build(self) -> Adopting:
        """The version, the day and the decision."""
        given = self.cleaned_data
        return Adopting(given["version"], given["starts_on"], given["decided_by"])


@dataclass(frozen=True, slots=True)
class Changing:
    """What is expected of each family from now on, why, and from when a practice follows that."""

    expects: dict[str, Level]
    reason: str
    starts_on: date | None


class _ExpectingForm(Form[T_co]):
    """One question for each family of roles, then why and from when."""

    def __init__(
        self, answers: Mapping[str, str] | None, *, framework: Framework, initial: Mapping[str, str], dated: bool
    ) -> None:
        super().__init__(answers, initial=dict(initial))
        self.framework = framework
        levels = [(NOTHING, "Nothing"), *((key, framework.term(level).name) for key, level in LEVEL_KEYS.items())]
        for family in framework.families:
            self.fields[f"of_{family.key}"] = Choice(family.name, choices=levels, required=True)
        self.fields["reason"] = LongText("Why?", hint=_REASON_HINT, missing="Say why")
        if dated:
            self.fields["starts_on"] = Day(
                "From which day?", subject="The first day", missing="Enter the first day", hint=_FIRST_HINT
            )

    def of_nobody(self, roles: Collection[str]) -> tuple[BoundField, ...]:
        """The questions about families that none of these roles belongs to."""
        return tuple(self[f"of_{one.key}"] for one in self.framework.families if not set(one.roles) & set(roles))

    def expects(self) -> dict[str, Level]:
        """What is expected of each family that something is expected of."""
        given = {one.key: self.cleaned_data[f"of_{one.key}"] for one in self.framework.families}
        return {family: LEVEL_KEYS[level] for family, level in given.items() if level != NOTHING}


class ChangeForm(_ExpectingForm[Changing]):
    """Other expectations of one skill; nothing from anybody leaves it out."""

    def __init__(self, answers: Mapping[str, str] | None, *, framework: Framework, skill: Skill, dated: bool) -> None:
        words = {level: key for key, level in LEVEL_KEYS.items()}
        now = {
            f"of_{one.key}": words[skill.expects[one.key]] if one.key in skill.expects else NOTHING
            for one in framework.families
        }
        super().__init__(answers, framework=framework, initial=now, dated=dated)

    def build(self) -> Changing:
        """The expectations, the reason and the day."""
        return Changing(self.expects(), self.cleaned_data["reason"], self.cleaned_data.get("starts_on"))


@dataclass(frozen=True, slots=True)
class Adding:
    """A skill of one's own, why, and from when a practice follows that."""

    new: NewSkill
    reason: str
    starts_on: date | None


class AddForm(_ExpectingForm[Adding]):
    """A skill that a place adds of its own."""

    title = Text(
        "What does the person do?",
        hint="One task that can be seen, beginning with a verb: “Send a blood sample by the afternoon van”",
        missing="Say what the person does",
        max_length=120,
    )
    module = Choice("Which module does it belong to?", prompt="Choose a module", missing="Choose a module")
    look_for = LongText(
        "What does an assessor look for?",
        hint="3 to 5 points, each on a line of its own",
        missing="Say what an assessor looks for",
    )
    minutes = Number("How many minutes does it take to learn and show?", width=3, min_value=1, max_value=480)
    lasts_months = Number(
        "For how many months does a signature hold?",
        hint="Leave empty if it does not run out",
        width=3,
        required=False,
        min_value=1,
        max_value=120,
    )

    def __init__(self, answers: Mapping[str, str] | None, *, framework: Framework, dated: bool) -> None:
        nothing = {f"of_{one.key}": NOTHING for one in framework.families}
        super().__init__(answers, framework=framework, initial=nothing, dated=dated)
        picker = self.fields["module"]
        if isinstance(picker, Choice):
            picker.offer((one.key, one.name) for one in framework.modules)

    def clean_look_for(self) -> tuple[str, ...]:
        """The points, a line each."""
        points = tuple(line.strip() for line in self.cleaned_data["look_for"].splitlines() if line.strip())
        if not 3 <= len(points) <= 5:
            self.add_error("look_for", "Write 3 to 5 points, each on a line of its own")
        return points

    def clean(self) -> dict[str, object]:
        """Refuses a skill that nobody is expected to have."""
        given = super().clean() or self.cleaned_data
        first = f"of_{self.framework.families[0].key}"
        if all(given.get(f"of_{one.key}", NOTHING) == NOTHING for one in self.framework.families):
            self.add_error(first, "Choose a level for at least one group of roles")
        return given

    def build(self) -> Adding:
        """The skill, the reason and the day."""
        given = self.cleaned_data
        new = NewSkill(
            title=given["title"].strip(),
            module=given["module"],
            expects=self.expects(),
            look_for=given["look_for"],
            minutes=given["minutes"],
            lasts_months=given["lasts_months"],
        )
        return Adding(new, given["reason"], given.get("starts_on"))


class ConfirmForm(Form[str]):
    """Standing by a description."""

    words = Text(
        "What do you do, that you know this task?",
        hint="For example, “trains practices in this system”",
        missing="Say what you do, that you know this task",
        max_length=200,
    )

    def build(self) -> str:
        """What they do."""
        return str(self.cleaned_data["words"])


class DoubtForm(Form[str]):
    """No longer standing by a description."""

    words = LongText("Why do you no longer stand by it?", missing="Say why", max_length=500)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["words"])


@dataclass(frozen=True, slots=True)
class Choosing:
    """The modules to go by, why, and from when a practice follows that."""

    modules: tuple[str, ...]
    reason: str
    starts_on: date | None


class ModulesForm(Form[Choosing]):
    """Which modules a place goes by."""

    modules = Ticks("Which modules do you use?", missing="Choose at least one module")
    reason = LongText("Why?", hint=_REASON_HINT, missing="Say why")
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day", hint=_FIRST_HINT)

    def __init__(
        self, answers: Mapping[str, str] | None, *, framework: Framework, counts: Mapping[str, int], dated: bool
    ) -> None:
        super().__init__(answers, initial={"modules": sorted({one.module for one in framework.skills})})
        ticks = self.fields["modules"]
        if isinstance(ticks, Ticks):
            ticks.choices = [(one.key, one.name) for one in framework.modules if counts.get(one.key)]
            ticks.hints = {
                one.key: f"{count(counts.get(one.key, 0), 'skill')}. {one.content}" for one in framework.modules
            }
        if not dated:
            del self.fields["starts_on"]

    def build(self) -> Choosing:
        """The modules, the reason and the day."""
        given = self.cleaned_data
        return Choosing(tuple(given["modules"]), given["reason"], given.get("starts_on"))
