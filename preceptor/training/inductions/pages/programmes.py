"""What the pages of programmes and texts show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, minutes

from ..domain.programme import KIND_NAMES, STAGE_NAMES, WHO_NAMES, Item, ItemKind, Programme
from ..domain.published import Published
from ..domain.texts import CONTACTS, DIFFERENT, TextVersion

CONTACTS_TITLE: Final = "If you need someone now"
DIFFERENT_TITLE: Final = "Three things we do differently here"


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme, whose it is, and what it holds."""

    href: str
    title: str
    meta: str
    is_behind: bool


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text, and whether it is written."""

    href: str
    title: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesPage(Page):
    """The programmes and texts of a practice."""

    template: ClassVar[str] = "inductions/programmes.jinja"

    code: str
    programmes: tuple[ProgrammeRow, ...]
    texts: tuple[TextRow, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a programme."""

    key: str
    title: str
    says: str
    meta: str
    change_href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version, what it changed and why."""

    title: str
    meta: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage(Page):
    """One programme: its items by stage, and its versions."""

    template: ClassVar[str] = "inductions/programme.jinja"

    code: str
    key: str
    caption: str
    note: str
    is_own: bool
    is_behind: bool
    stages: tuple[tuple[str, tuple[ItemRow, ...]], ...]
    versions: tuple[VersionRow, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """One text: what it says now, and its versions."""

    template: ClassVar[str] = "inductions/text.jinja"

    code: str
    key: str
    caption: str
    lines: tuple[str, ...]
    untold: tuple[str, ...]
    is_own: bool
    versions: tuple[VersionRow, ...]
    may_edit: bool


def programmes_page(
    code: str, programmes: Sequence[Published], texts: Mapping[str, TextVersion], *, may_edit: bool
) -> ProgrammesPage:
    """The page of all programmes and texts."""
    titles = {CONTACTS: CONTACTS_TITLE, DIFFERENT: DIFFERENT_TITLE} | {
        key: one.text.title for key, one in texts.items() if key not in {CONTACTS, DIFFERENT}
    }
    return ProgrammesPage(
        title="Programmes and texts",
        back=Link("Induction", reverse("inductions:board", args=[code])),
        code=code,
        programmes=tuple(
            ProgrammeRow(
                reverse("inductions:programme", args=[code, one.programme.key]),
                one.programme.title,
                f"{'Your own' if one.is_own else 'National, not taken yet:'} version {one.number}, "
                f"{count(len(one.programme.items), 'item')}, {_length(one.programme)}",
                one.is_behind,
            )
            for one in programmes
        ),
        texts=tuple(_text_row(code, key, title, texts.get(key)) for key, title in titles.items()),
        may_edit=may_edit,
    )


def programme_page(
    code: str,
    one: Published,
    versions: Iterable[Published],
    texts: Mapping[str, TextVersion],
    skills: Mapping[str, str],
    *,
    may_edit: bool,
) -> ProgrammePage:
    """The page of one programme."""
    return ProgrammePage(
        title=one.programme.title,
        back=Link("Programmes and texts", reverse("inductions:programmes", args=[code])),
        code=code,
        key=one.programme.key,
        caption=f"{'Your own' if one.is_own else 'National'} version {one.number}, {_length(one.programme)}",
        note=one.programme.note,
        is_own=one.is_own,
        is_behind=one.is_behind,
        stages=tuple(
            (
                name,
                tuple(
                    _item_row(code, one.programme, item, texts, skills, may_edit=may_edit and one.is_own)
                    for item in one.programme.of_stage(stage)
                ),
            )
            for stage, name in STAGE_NAMES.items()
            if one.programme.of_stage(stage)
        ),
        versions=tuple(
            VersionRow(
                f"Version {each.number}",
                f"{day(each.published_at.date())}, {each.by_name}",
                f"{each.changed}. Why: {each.reason}",
            )
            for each in versions
        ),
        may_edit=may_edit,
    )


def text_page(
    code: str,
    key: str,
    now: TextVersion | None,
    versions: Iterable[TextVersion],
    *,
    untold: Sequence[str],
    may_edit: bool,
) -> TextPage:
    """The page of one text."""
    unwritten = CONTACTS_TITLE if key == CONTACTS else DIFFERENT_TITLE
    own = "Your own" if now and now.is_own else "To start from:"
    return TextPage(
        title=now.text.title if now else unwritten,
        back=Link("Programmes and texts", reverse("inductions:programmes", args=[code])),
        code=code,
        key=key,
        caption=f"{own} version {now.number}, {minutes(now.text.minutes)} to read" if now else "Not written yet",
        lines=now.text.lines if now else (),
        untold=tuple(untold),
        is_own=bool(now and now.is_own),
        versions=tuple(
            VersionRow(
                f"Version {each.number}", f"{day(each.published_at.date())}, {each.by_name}", f"Why: {each.reason}"
            )
            for each in versions
        ),
        may_edit=may_edit,
    )


def _item_row(
    code: str,
    programme: Programme,
    item: Item,
    texts: Mapping[str, TextVersion],
    skills: Mapping[str, str],
    *,
    may_edit: bool,
) -> ItemRow:
    parts = [KIND_NAMES[item.kind], WHO_NAMES[item.who], minutes(item.minutes)]
    if item.kind is ItemKind.READ and item.text not in texts:
        parts.append("Not written yet")
    if item.skills:
        parts.append("; ".join(skills.get(key, key) for key in item.skills))
    if item.lasts_months:
        parts.append(f"Again after {count(item.lasts_months, 'month')}")
    if item.stays:
        parts.append("Cannot be dropped")
    args = [code, programme.key, item.key]
    changes = may_edit and item.kind is not ItemKind.SIGN_OFF
    return ItemRow(
        key=item.key,
        title=item.title,
        says=item.says,
        meta=". ".join(parts),
        change_href=reverse("inductions:change-item", args=args) if changes else "",
        drop_href=reverse("inductions:drop-item", args=args) if may_edit and not item.stays else "",
    )


def _text_row(code: str, key: str, title: str, now: TextVersion | None) -> TextRow:
    meta = "Not written yet"
    if now:
        whose = "your own" if now.is_own else "to start from: put it into your own words"
        meta = f"Version {now.number}, {whose}, {minutes(now.text.minutes)}"
    return TextRow(reverse("inductions:text", args=[code, key]), title, meta)


def _length(programme: Programme) -> str:
    return f"about {minutes(sum(one.minutes for one in programme.items))} in all"
