"""What every page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class StatusTag:
    """A standing as it is shown: a symbol, a word and a date, never colour alone.

    `code` names the symbol and the tint.
    """

    code: str
    word: str
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page shows. The class names its template; the values were all asked for before drawing begins."""

    template: ClassVar[str]
    reading: ClassVar[bool] = True

    title: str
    back: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage(Page):
    """The person is signed in but may not do this."""

    template: ClassVar[str] = "ui/refused.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage(Page):
    """There is no such page, or it is not this person's to see."""

    template: ClassVar[str] = "ui/missing.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultPage(Page):
    """Something broke on our side."""

    template: ClassVar[str] = "ui/fault.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePage(Page):
    """A form came from a page that is too old to be trusted."""

    template: ClassVar[str] = "ui/stale.jinja"
