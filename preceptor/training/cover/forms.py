"""Input about what is critical and about the rota, turned into domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from preceptor.training.skills.domain.framework import Level
from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Text, Ticks, Upload, uploaded

from .domain.abilities import MOST_PEOPLE, Ability, Need, NeedKind, NewAbility, Suggestion
from .domain.reading import Member
from .domain.rota import FURTHEST, NewRota, Session, Slot, monday_of

_LONGEST: Final = 1000
_MOST: Final = 5
_SESSIONS: Final = [(one.value, one.value.capitalize()) for one in Session]
_HOW: Final = (
    ("1", "Every week from this Monday on"),
    ("2", "Every second week from this Monday on"),
    ("4", "Every fourth week from this Monday on"),
    ("once", "This week only"),
)


class ChooseForm(Form[NewAbility]):
    """Something that somebody here must always be able to do."""

    title = Text("What must somebody here be able to do?", missing="Say what it is")
    requirement = Choice("Which requirement must they be in date for?", prompt="None", required=False)
    skill = Choice("Which skill must they be signed for?", prompt="None", required=False)
    task = Choice("Which task must they hold?", prompt="None", required=False)
    during = Ticks(
        "In which sessions must somebody have it?",
        choices=_SESSIONS,
        hint="Leave all empty if it is enough that somebody here has it",
        required=False,
    )
    least = Number("How many people in each of these sessions?", width=2, min_value=1, max_value=MOST_PEOPLE)
    reason = LongText("Why?", hint="It stays with the decision", missing="Say why", max_length=_LONGEST)
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day")

    def __init__(
        self,
        answers: Mapping[str, Any] | None,
        *,
        like: Suggestion | Ability | None,
        requirements: Iterable[tuple[str, str]],
        skills: Iterable[tuple[str, str]],
        tasks: Iterable[tuple[str, str]],
        first: date,
    ) -> None:
        initial: dict[str, object] = {"least": 1, "starts_on": first}
        self.fixed: tuple[Need, ...] = ()
        if like:
            single = _single(like.needs) if isinstance(like, Ability) else None
            self.fixed = () if single else like.needs
            initial |= {"title": like.title, "during": [one.value for one in like.during], **(single or {})}
            initial["reason"] = like.reason if isinstance(like, Ability) else like.why
            initial["least"] = like.least if isinstance(like, Ability) else 1
        super().__init__(answers, initial=initial)
        for name, choices in (("requirement", requirements), ("skill", skills), ("task", tasks)):
            field = self.fields[name]
            if self.fixed:
                del self.fields[name]
            elif isinstance(field, Choice):
                field.offer(choices)

    def clean(self) -> dict[str, object]:
        """Refuses what takes nothing."""
        given = super().clean() or self.cleaned_data
        if not self.fixed and not any(given.get(one) for one in ("requirement", "skill", "task")):
            self.add_error("requirement", "Choose a requirement, a skill or a task")
        return given

    def build(self) -> NewAbility:
        """The ability, with everything it takes."""
        given = self.cleaned_data
        return NewAbility(
            title=given["title"],
            needs=self.fixed or tuple(self._needs()),
            during=tuple(one for one in Session if one.value in given["during"]),
            least=given["least"],
            reason=given["reason"],
            starts_on=given["starts_on"],
        )

    def _needs(self) -> Iterable[Need]:
        given = self.cleaned_data
        if given["task"]:
            yield Need(NeedKind.TASK, (given["task"],))
        if given["requirement"]:
            yield Need(NeedKind.REQUIREMENT, (given["requirement"],))
        if given["skill"]:
            yield Need(NeedKind.SKILL, (given["skill"],), int(Level.CAN))


def _single(needs: Sequence[Need]) -> dict[str, object] | None:
    """The answers that say what an ability takes; None if it takes more than the questions can say."""
    found = {
        need.kind.value: need.one_of[0] for need in needs if len(need.one_of) == 1 and need.level in {0, int(Level.CAN)}
    }
    return dict(found) if len(found) == len(needs) else None


@dataclass(frozen=True, slots=True)
class Dropping:
    """The first day something is not critical any more, and why."""

    ends_on: date
    reason: str


class DropForm(Form[Dropping]):
    """The end of an ability."""

    last_on = Day("Last day it is critical", subject="The last day", missing="Enter the last day")
    reason = LongText("Why not any longer?", missing="Say why", max_length=_LONGEST)

    def build(self) -> Dropping:
        """The day after the last day, as periods are stored, and the reason."""
        return Dropping(self.cleaned_data["last_on"] + timedelta(days=1), self.cleaned_data["reason"])


class UndoForm(Form[bool]):
    """A yes, and nothing to fill in."""

    def build(self) -> bool:
        """That it was said."""
        return True


class RotaForm(Form[NewRota]):
    """A week as it is typed: a box for each person and session."""

    turns = Ticks("Who is on?", required=False)
    how = Pick(
        "How long does this hold?",
        choices=_HOW,
        hint="If weeks alternate, save one as every second week. Then open the week after and do the same",
        missing="Choose how long this holds",
    )

    def __init__(
        self,
        answers: Mapping[str, Any] | None,
        *,
        starts_on: date,
        staff: Sequence[Member],
        slots: Iterable[Slot],
        on: Mapping[Slot, frozenset[str]],
    ) -> None:
        initial = [box_of(who, slot) for slot, some in on.items() for who in some]
        super().__init__(answers, initial={"turns": initial, "how": "1"})
        self.starts_on = starts_on
        self.boxes = {box_of(one.engagement, slot): (one.engagement, slot) for one in staff for slot in slots}
        field = self.fields["turns"]
        if isinstance(field, Ticks):
            field.choices = [(one, one) for one in self.boxes]

    def ticked(self) -> frozenset[str]:
        """The boxes as they are shown."""
        return frozenset(map(str, self["turns"].value() or ()))

    def build(self) -> NewRota:
        """The week, from its Monday on."""
        turns: dict[Slot, set[str]] = {}
        for box in self.cleaned_data["turns"]:
            who, slot = self.boxes[box]
            turns.setdefault(slot, set()).add(who)
        every, once = repeating(self.cleaned_data["how"])
        return NewRota(self.starts_on, every, once, {slot: frozenset(some) for slot, some in turns.items()})


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of a rota, from which Monday on it holds and how long."""

    name: str
    content: bytes
    starts_on: date
    how: str


class RotaFileForm(Form[Brought]):
    """A rota to import."""

    file = Upload(
        "Rota",
        hint=f"A CSV or Excel (XLSX) file of up to {_MOST} MB, with a line for each person and columns such as "
        "“Monday morning”. Nothing is saved before you have seen what would be put down",
        most_megabytes=_MOST,
        accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        missing="Choose a rota",
    )
    starts_on = Day("From which Monday?", subject="The Monday", missing="Enter the Monday it begins")
    how = Pick("How long does this hold?", choices=_HOW, missing="Choose how long this holds")

    def __init__(self, answers: object = None, files: object = None, *, today: date) -> None:
        super().__init__(answers, files, initial={"starts_on": monday_of(today), "how": "1"})  # type: ignore[arg-type] # a request's own kinds of mapping
        self.today = today

    def clean_starts_on(self) -> date:
        """The day, which must be a Monday."""
        day: date = self.cleaned_data["starts_on"]
        if day.weekday():
            self.add_error("starts_on", f"{day.day} {day:%B %Y} is a {day:%A}. Enter a Monday")
        elif abs(day - self.today) > FURTHEST:
            self.add_error("starts_on", "The Monday must be within a year of today")
        return day

    def build(self) -> Brought:
        """The file and from when on."""
        given = self.cleaned_data
        name, content = uploaded(given["file"])
        return Brought(name, content, given["starts_on"], given["how"])


def repeating(how: str) -> tuple[int, bool]:
    """Every how many weeks something holds, and whether for one week only."""
    return (1, True) if how == "once" else (int(how), False)


def box_of(engagement: str, slot: Slot) -> str:
    """The value of the box for a person and a session."""
    return f"{engagement}:{slot.weekday}:{slot.session.value}"
