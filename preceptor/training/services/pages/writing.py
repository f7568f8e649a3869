"""What the pages that change something show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from preceptor.ui.forms import Form
from preceptor.ui.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form with a sentence about what it does."""

    template: ClassVar[str] = "services/form.jinja"

    caption: str
    form: Form[object]
    effect: str
    button: str
    cancel_href: str
