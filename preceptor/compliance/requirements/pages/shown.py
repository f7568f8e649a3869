"""The pages, and the rows they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from preceptor.ui.forms import Form
from preceptor.ui.pages import Page, StatusTag

from ..domain.beside import Beside
from ..domain.story import Whole


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement in a list."""

    key: str
    title: str
    sentence: str
    basis: str
    verified: bool
    core: bool
    review: StatusTag | None
    remark: str


@dataclass(frozen=True, slots=True)
class AreaRows:
    """The requirements of one area."""

    name: str
    rows: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementsPage(Page):
    """What an organisation requires, by area."""

    template: ClassVar[str] = "requirements/requirements.jinja"

    code: str
    areas: tuple[AreaRows, ...]
    ended: tuple[RequirementRow, ...]
    count: int
    to_review: int
    notices: tuple[Beside, ...]
    may_edit: bool
    may_adjust: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage(Page):
    """The national catalogue, by area."""

    template: ClassVar[str] = "requirements/catalogue.jinja"

    areas: tuple[AreaRows, ...]
    count: int
    core_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePage(Page):
    """One requirement of the national catalogue."""

    template: ClassVar[str] = "requirements/template.jinja"
    reading: ClassVar[bool] = False

    whole: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustFormPage(Page):
    """A form about an adjustment, or about the end of a requirement."""

    template: ClassVar[str] = "requirements/adjust_form.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    cancel_href: str
    next: str = ""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One adjustment in a register."""

    id: UUID
    kind: str
    whom: str
    requirements: tuple[str, ...]
    days: str
    reason: str
    authority: str
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentsPage(Page):
    """Leave, exemptions and extensions that hold or will."""

    template: ClassVar[str] = "requirements/adjustments.jinja"

    code: str
    rows: tuple[AdjustmentRow, ...]
