"""What the pages show on which something is chosen as critical and the rota is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.foundation.cells import Problem
from preceptor.foundation.dates import london_date
from preceptor.ui.asof import address
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import day, listed

from ..domain.abilities import NeedKind, Suggestion
from ..domain.reading import SLOTS, Member, Plan, name_of
from ..domain.rota import CORE, Rota, Slot
from ..forms import box_of


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion to take over, with what it takes and where it comes from."""

    href: str
    title: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePage(Page):
    """Choose something critical."""

    template: ClassVar[str] = "cover/choose.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    suggestions: tuple[SuggestionRow, ...]
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form about cover."""

    template: ClassVar[str] = "cover/form.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    cancel_href: str
    is_upload: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the grid, in the column of a day."""

    value: str
    label: str
    weekday: int
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """Somebody with a box for each session."""

    name: str
    role: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A rota that was written down."""

    title: str
    meta: str
    undo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPage(Page):
    """The rota of a week, to be typed."""

    template: ClassVar[str] = "cover/rota.jinja"
    reading: ClassVar[bool] = False

    form: Form[object]
    code: str
    week: str
    days: tuple[str, ...]
    sessions: tuple[str, ...]
    rows: tuple[GridRow, ...]
    open_on: int
    seen: str
    earlier_href: str
    later_href: str
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A session of a file, and who would be on."""

    session: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaCheckPage(Page):
    """What a file would put down."""

    template: ClassVar[str] = "cover/check.jinja"

    place: str
    file_name: str
    lead: str
    plan: Plan
    absent: tuple[str, ...]
    closed: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    token: str
    again_href: str
    changed: str


def takes_words(
    ability_needs: Iterable[tuple[NeedKind, Sequence[str], int]], names: Mapping[str, str], national: Mapping[str, str]
) -> list[str]:
    """Everything an ability takes, a sentence each. What is not asked here has its `national` name, and says so."""
    said = {
        NeedKind.REQUIREMENT: "In date for",
        NeedKind.SKILL: "Signed for",
        NeedKind.TASK: "Holds the task",
    }
    found = []
    for kind, some, _ in ability_needs:
        here = [names[one] for one in some if one in names]
        called = listed(here or [national.get(one, one) for one in some], "or")
        found.append(f"{said[kind]} {called}{'' if here else ' (not asked of anybody here yet)'}")
    return found


def suggestion_rows(
    code: str, found: Iterable[Suggestion], names: Mapping[str, str], national: Mapping[str, str]
) -> tuple[SuggestionRow, ...]:
    """The suggestions not taken over yet."""
    path = reverse("cover:choose", args=[code])
    return tuple(
        SuggestionRow(
            address(path, {"from": one.key}),
            one.title,
            f"{'; '.join(takes_words([(need.kind, need.one_of, need.level) for need in one.needs], names, national))}."
            f" {one.why}"
            f"{'' if one.verified else ' Nobody has confirmed this suggestion.'}",
        )
        for one in found
    )


def grid_rows(staff: Sequence[Member], ticked: frozenset[str]) -> tuple[GridRow, ...]:
    """A line for each person, a box for each session of the week."""
    return tuple(
        GridRow(
            one.name,
            one.role_name,
            tuple(
                Box(box, f"{one.name}, {name_of(slot)}", slot.weekday, box in ticked)
                for slot in SLOTS
                for box in [box_of(one.engagement, slot)]
            ),
        )
        for one in staff
    )


def written_rows(rotas: Sequence[Rota], holding: Rota | None) -> tuple[Written, ...]:
    """What was written down, the last first; the last can be taken back. One of them may hold today."""
    found = []
    for at, one in enumerate(rotas):
        often = "this week only" if one.ends_on else "every week" if one.every == 1 else f"every {one.every} weeks"
        source = f" from {one.source}" if one.source else ""
        mark = " Holds today." if holding is not None and holding.id == one.id else ""
        found.append(
            Written(
                f"From {day(one.starts_on)}, {often}",
                f"Written by {one.by_name} on {day(london_date(one.recorded_at))}{source}.{mark}",
                "" if at else str(one.id),
            )
        )
    return tuple(found)


def closed_by(plan: Plan, before: Mapping[Slot, frozenset[str]]) -> str:
    """The sessions that nobody would be on in, though somebody was or most practices are open, in a row."""
    return listed([name_of(slot) for slot in SLOTS if slot not in plan.turns and (slot in CORE or before.get(slot))])


def planned_rows(plan: Plan, staff: Sequence[Member]) -> tuple[PlannedRow, ...]:
    """Who would be on, session by session."""
    names = {one.engagement: one.name for one in staff}
    return tuple(
        PlannedRow(name_of(slot), listed(sorted(names[one] for one in plan.turns[slot])))
        for slot in SLOTS
        if slot in plan.turns
    )
