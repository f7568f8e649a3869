"""The pages of a place about the packs that reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from preceptor.compliance.requirements.domain.telling import Difference
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack in a list: whose it is, which version is there, and how the place stands with it."""

    title: str
    href: str
    meta: str
    state: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksPage(Page):
    """The packs that reach a place."""

    template: ClassVar[str] = "packs/packs.jinja"

    rows: tuple[PackRow, ...]
    own_href: str
    catalogue_href: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One requirement of a pack at a place, in words, with what was answered."""

    title: str
    href: str
    state: str
    sentence: str
    meta: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a pack."""

    heading: str
    note: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage(Page):
    """One pack at a place: what waits, what a law asks for, what was declined, and everything else."""

    template: ClassVar[str] = "packs/pack.jinja"
    reading: ClassVar[bool] = False

    caption: str
    lead: str
    adopt_href: str
    adopt_words: str
    waiting: tuple[LineRow, ...]
    open_by_law: tuple[LineRow, ...]
    for_nobody: tuple[LineRow, ...]
    declined: tuple[LineRow, ...]
    others: tuple[tuple[str, tuple[LineRow, ...]], ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What one of the three says, or why it says nothing."""

    heading: str
    sentence: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(Page):
    """One requirement three ways, with what the place can answer."""

    template: ClassVar[str] = "packs/change.jinja"

    caption: str
    state: str
    why: str
    columns: tuple[Column, ...]
    theirs: tuple[Difference, ...]
    ours: tuple[Difference, ...]
    answered: str
    number: int
    take: Link | None
    leave: Link | None
    decline: Link | None
    edit: Link | None
    may_put_off: bool
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form about one requirement of a pack."""

    template: ClassVar[str] = "packs/form.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    cancel_href: str
    number: int
    is_warning: bool = False
    instead: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptPage(Page):
    """Choosing from a pack, with what is on the list already apart."""

    template: ClassVar[str] = "packs/adopt.jinja"

    form: Form[object]
    place: str
    cancel_href: str
    is_empty: bool
    held: tuple[tuple[str, tuple[Link, ...]], ...]

    @property
    def held_count(self) -> int:
        """How many are on the list already."""
        return sum(len(links) for _, links in self.held)
