"""The pages of a hub or network about the pack it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from preceptor.compliance.standing.domain.figures import Figures
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page

from .reaching import VersionRow


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One practice: the version it is on, and how many changes wait, were left and declined."""

    name: str
    version: str
    waiting: str
    left: int
    declined: int


@dataclass(frozen=True, slots=True)
class LawRow:
    """Something a law asks for that a practice declined, and why the law does not apply there."""

    place: str
    title: str
    legal_reason: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """What practices made of one requirement, and the words that their reasons have in common."""

    title: str
    answers: str
    words: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One requirement the pack holds or may hold, and where it is changed."""

    title: str
    sentence: str
    meta: str
    offer_href: str
    share_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(Page):
    """A pack as its lead sees it."""

    template: ClassVar[str] = "packs/own.jinja"
    reading: ClassVar[bool] = False

    code: str
    lead: str
    pending: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    declined_by_law: tuple[LawRow, ...]
    reasons: tuple[ReasonRow, ...]
    items: tuple[OfferRow, ...]
    more: tuple[OfferRow, ...]
    shared: tuple[OfferRow, ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPage(Page):
    """Choosing what the next version of a pack holds."""

    template: ClassVar[str] = "packs/next.jinja"

    form: Form[object]
    cancel_href: str


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """What it would do at one practice; figures of few people are not shown."""

    name: str
    meta: str
    figures: Figures | None
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCheckPage(Page):
    """The dry run of a pack version: what it would do in each practice beneath, if taken."""

    template: ClassVar[str] = "packs/next_check.jinja"
    reading: ClassVar[bool] = False

    caption: str
    lead: str
    note: str
    differences: tuple[str, ...]
    rows: tuple[ForecastRow, ...]
    given: tuple[tuple[str, str], ...]
    button: str
    cancel: Link
