"""What managers and publishers see: their rollouts, drafts, who is ready, and coverage by practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse

from preceptor.foundation.disclosure import FEWEST
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, full_day

from ..domain.drafts import NoticeDraft
from ..domain.notice import Part
from ..domain.readiness import Readiness, Share, Touched, Where
from ..forms import DoForm, FileForm, LinksForm, WhomForm
from ..queries import AtPlace
from .shared import Asked, CheckRow, Row, Told, about_of, steps_of

PART_TITLES = {
    Part.CHANGE: "What changes",
    Part.WHOM: "Who is touched",
    Part.DO: "What to do",
    Part.MATERIAL: "Pictures and material",
}


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A rollout a place has taken over, with how ready its people are."""

    title: str
    meta: str
    href: str
    ready: int
    of: int
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutsPage(Page):
    """A place's rollouts."""

    template: ClassVar[str] = "rollouts/rollouts.jinja"
    reading: ClassVar[bool] = False

    code: str
    to_decide: tuple[Row, ...]
    live: tuple[LiveRow, ...]
    drafts: tuple[Row, ...]
    over: tuple[Row, ...]
    declined: tuple[Row, ...]
    refresher: str
    unconfirmed: tuple[str, ...]
    across_href: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a draft: what it says, and where to change it."""

    title: str
    lines: tuple[str, ...]
    href: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage(Page):
    """A draft, whole, before it is published."""

    template: ClassVar[str] = "rollouts/draft.jinja"

    caption: str
    parts: tuple[PartRow, ...]
    touched: str
    beneath: str
    people: tuple[str, ...]
    checks: tuple[CheckRow, ...]
    effect: str
    may_publish: bool
    form: Form[Any]
    revision: int
    discard_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhomPage(Page):
    """Who is touched by a change, with how many that are."""

    template: ClassVar[str] = "rollouts/whom.jinja"

    form: WhomForm
    count: str
    beneath: str
    people: tuple[str, ...]
    revision: int
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoPage(Page):
    """The check of understanding and what else to do."""

    template: ClassVar[str] = "rollouts/do.jinja"

    form: DoForm
    revision: int
    cancel_href: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft."""

    words: str
    href: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialPage(Page):
    """The pictures, documents and links of a draft."""

    template: ClassVar[str] = "rollouts/material.jinja"

    files: tuple[FileRow, ...]
    form: Form[Any]
    adding: FileForm
    links: LinksForm
    revision: int
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPage(Page):
    """A published notice at a place, with who is ready."""

    template: ClassVar[str] = "rollouts/rollout.jinja"
    reading: ClassVar[bool] = False

    code: str
    rollout: str
    told: Told
    steps: tuple[Row, ...]
    questions: tuple[Asked, ...]
    unanswered: int
    ready: int
    of: int
    summary: str
    groups: tuple[Share, ...]
    roles: tuple[Share, ...]
    here: tuple[str, ...]
    away: tuple[tuple[str, str], ...]
    can_remind: int
    reminded: str
    requirements: tuple[Link, ...]
    versions: tuple[Link, ...]
    checks: tuple[CheckRow, ...]
    correct_href: str
    undecided: str
    moved: str
    decide_href: str
    rule_href: str
    publisher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage(Page):
    """One version of a notice, as it was published."""

    template: ClassVar[str] = "rollouts/version.jinja"

    told: Told
    steps: tuple[Row, ...]
    checks: tuple[CheckRow, ...]
    number: int
    held: str
    newest: Link | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A practice in the coverage of a rollout, in figures."""

    name: str
    decision: str
    goes_live: str
    ready: str


@dataclass(frozen=True, slots=True)
class AcrossTable:
    """A rollout across practices."""

    title: str
    meta: str
    rows: tuple[PlaceRow, ...]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossPage(Page):
    """The rollouts of a network or hub, by practice."""

    template: ClassVar[str] = "rollouts/across.jinja"
    reading: ClassVar[bool] = False

    tables: tuple[AcrossTable, ...]
    own: tuple[Link, ...] = ()


def rollouts_page(
    code: str,
    held: Sequence[AtPlace],
    ready: Mapping[Any, Readiness],
    drafts: Sequence[NoticeDraft],
    unanswered: Mapping[Any, int],
    systems: Mapping[str, str],
    today: date,
    *,
    refreshed: Readiness | None,
    across_href: str,
) -> RolloutsPage:
    """A place's rollouts: what to decide, what is live, drafts, and what is over."""
    followed = [one for one in held if one.followed is not None]
    live = [one for one in followed if one.id in ready]
    return RolloutsPage(
        title="Rollouts",
        code=code,
        to_decide=tuple(
            Row(
                one.latest.notice.title,
                f"{about_of(one.latest.notice, systems)}, live on {day(one.goes_live_on)}. From {one.owner_name}",
                reverse("rollouts:decide", args=[code, one.id]),
            )
            for one in held
            if one.is_open
        ),
        live=tuple(_live(code, one, ready[one.id], unanswered.get(one.id, 0), systems, today) for one in live),
        drafts=tuple(
            Row(
                one.notice.title,
                f"{'Correction, version ' + str(one.number) if one.earlier else 'New'}. "
                f"Changed by {one.changed_by} on {day(one.changed_at.date())}",
                reverse("rollouts:draft", args=[code, one.id]),
            )
            for one in drafts
        ),
        over=tuple(
            Row(
                one.latest.notice.title,
                f"Live since {day(one.goes_live_on)}",
                reverse("rollouts:rollout", args=[code, one.id]),
            )
            for one in followed
            if one.id not in ready
        ),
        declined=tuple(
            Row(one.latest.notice.title, one.declined, reverse("rollouts:decide", args=[code, one.id]))
            for one in held
            if one.declined
        ),
        refresher=_refresher_words(refreshed),
        unconfirmed=here_of(refreshed) if refreshed is not None else (),
        across_href=across_href,
    )


def _refresher_words(refreshed: Readiness | None) -> str:
    if refreshed is None:
        return "Nobody is asked to confirm what changed. People can read it all the same."
    if not refreshed.people:
        return "Everybody confirms once a year what changed. Nothing has changed that anybody has still to hear of."
    return f"Everybody confirms once a year what changed: {refreshed.ready} of {len(refreshed.people)} have."


def _live(
    code: str, one: AtPlace, ready: Readiness, unanswered: int, systems: Mapping[str, str], today: date
) -> LiveRow:
    notice = one.latest.notice
    when = f"Live on {day(one.goes_live_on)}" if one.goes_live_on >= today else f"Live since {day(one.goes_live_on)}"
    from_whom = f". From {one.owner_name}" if one.owner_name else ""
    return LiveRow(
        title=notice.title,
        meta=f"{about_of(notice, systems)}. {when}{from_whom}",
        href=reverse("rollouts:rollout", args=[code, one.id]),
        ready=ready.ready,
        of=len(ready.people),
        remark=". ".join(
            remark
            for remark in (
                f"{count(unanswered, 'question')} to answer" if unanswered else "",
                f"Its publisher moved it to {day(one.moved_to)}" if one.moved_to else "",
            )
            if remark
        ),
    )


def parts_of(
    code: str, draft: NoticeDraft, systems: Mapping[str, str], whom: str, groups: Mapping[str, str]
) -> tuple[PartRow, ...]:
    """The parts of a draft, each with what it says."""
    notice, missing = draft.notice, dict(draft.notice.missing)
    lines: dict[Part, tuple[str, ...]] = {
        Part.CHANGE: (
            f"{about_of(notice, systems)} {notice.system_version}".strip(),
            f"Live on {full_day(notice.goes_live_on)}",
            *(f"{at}. {words}" for at, words in enumerate(notice.different, start=1)),
        ),
        Part.WHOM: (whom,) if whom else (),
        Part.DO: tuple(f"{one.title} ({one.meta})" if one.meta else one.title for one in steps_of(notice, groups)),
        Part.MATERIAL: (*(one.words for one in notice.attachments), *(one.title for one in notice.links)) or ("None",),
    }
    return tuple(
        PartRow(
            PART_TITLES[part], lines[part], reverse("rollouts:part", args=[code, draft.id, part]), missing.get(part, "")
        )
        for part in Part
    )


def summary_of(ready: Readiness, goes_live_on: date, today: date) -> str:
    """Who is left, who is away, and how long there is."""
    here, away = len(ready.some(Where.HERE)), len(ready.some(Where.AWAY))
    left = (goes_live_on - today).days
    when = f"{count(left, 'day')} left." if left > 0 else "It goes live today." if not left else "It is live."
    if not ready.people:
        return f"Nobody here is touched by it. {when}"
    if ready.is_whole:
        back = f" {away} away {'sees' if away == 1 else 'see'} it on the first day back." if away else ""
        return f"Everyone who is here is ready: {ready.ready} of {ready.ready}, 100%.{back} {when}"
    return f"{here + away} to go: {here} here, {away} away. {when}"


def here_of(ready: Readiness) -> tuple[str, ...]:
    """Who is here and has something left to do, by name."""
    return tuple(
        f"{one.who.name}, {one.who.role_name}{', overdue' if one.is_overdue else ''}" for one in ready.some(Where.HERE)
    )


def away_of(ready: Readiness) -> tuple[tuple[str, str], ...]:
    """Who is away, and until when."""
    return tuple((one.who.name, _away(one)) for one in ready.some(Where.AWAY))


def _away(one: Touched) -> str:
    return f"until {day(one.away_until)}" if one.away_until else ""


def place_row(name: str, declined: str, goes_live_on: date | None, ready: Readiness) -> PlaceRow:
    """A practice in figures: withheld where fewer than five people are touched."""
    if goes_live_on is None:
        return PlaceRow(name, f"Left out: {declined}" if declined else "Not decided yet", "", "")
    of = len(ready.people)
    return PlaceRow(name, "Taken over", day(goes_live_on), f"{ready.ready} of {of}" if of >= FEWEST else "–")


def undecided_of(held: AtPlace) -> str:
    """Why nobody at a place is asked for a notice; nothing where they are."""
    if held.followed is not None:
        return ""
    return (
        f"You left it out. Why: {_sentence(held.declined)}" if held.declined else "You have not decided about this yet."
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def moved_of(held: AtPlace) -> str:
    """That its publisher moved the day since the place decided; nothing otherwise."""
    if held.moved_to is None:
        return ""
    return f", and has moved it to {day(held.moved_to)}. Here it goes live on {day(held.goes_live_on)}"


def beneath_of(number: int, practices: int) -> str:
    """How many people it would touch at the practices beneath; few are not counted exactly."""
    whom = f"{number} people" if number >= FEWEST else f"Fewer than {FEWEST} people"
    return f"{whom} at {count(practices, 'practice')} beneath you would be touched, if each takes it over"


def count_of(number: int) -> str:
    """How many people are touched, in words."""
    return f"{count(number, 'person', 'people')} here {'is' if number == 1 else 'are'} touched today"
