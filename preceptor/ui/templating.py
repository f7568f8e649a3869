"""The template environment: one prefix to a room, macros bound once, undefined names refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)

from . import forms, words

_HOUSE: Final = Path(__file__).resolve().parent.parent

# The NHS components we use: the name in templates, the component, and the macro's own name.
_COMPONENTS: Final = {
    "action_link": ("action-link", "actionLink"),
    "back_link": ("back-link", "backLink"),
    "button": ("button", "button"),
    "checkboxes": ("checkboxes", "checkboxes"),
    "date_input": ("date-input", "dateInput"),
    "details": ("details", "details"),
    "error_summary": ("error-summary", "errorSummary"),
    "file_upload": ("file-upload", "fileUpload"),
    "input": ("input", "input"),
    "inset_text": ("inset-text", "insetText"),
    "notification_banner": ("notification-banner", "notificationBanner"),
    "pagination": ("pagination", "pagination"),
    "password_input": ("password-input", "passwordInput"),
    "radios": ("radios", "radios"),
    "select": ("select", "select"),
    "skip_link": ("skip-link", "skipLink"),
    "summary_list": ("summary-list", "summaryList"),
    "tables": ("tables", "table"),
    "textarea": ("textarea", "textarea"),
    "warning_callout": ("warning-callout", "warningCallout"),
}


def _rooms() -> dict[str, BaseLoader]:
    """Each room's templates under the room's own name."""
    found: dict[str, BaseLoader] = {"ui": FileSystemLoader(_HOUSE / "ui" / "templates")}
    for folder in sorted(_HOUSE.glob("*/*/templates")):
        found[folder.parent.name] = FileSystemLoader(folder)
    return found


def _nhsuk() -> SimpleNamespace:
    """The NHS components.

    Their templates lean on lenient undefined names, so they live in an environment of their own.
    """
    lenient = Environment(
        loader=ChoiceLoader([PackageLoader("nhsuk_frontend_jinja")]), undefined=ChainableUndefined, autoescape=True
    )
    macros: dict[str, Any] = {}
    for ours, (folder, macro) in _COMPONENTS.items():
        module = lenient.get_template(f"nhsuk/components/{folder}/macro.jinja").module
        macros[ours] = getattr(module, macro)
    return SimpleNamespace(**macros)


@cache
def environment() -> Environment:
    """The environment every page is drawn in. A template sees page, request, nhsuk and ui, and nothing else."""
    strict = Environment(
        loader=PrefixLoader(_rooms()), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    strict.globals.clear()
    functions = {
        "url": _url,
        "static": static,
        "csrf_token": get_token,
        "day": words.day,
        "dense_day": words.dense_day,
        "full_day": words.full_day,
        "count": words.count,
        "minutes": words.minutes,
        "initials": words.initials,
        "listed": words.listed,
        "options": forms.options_of,
        "day_parts": forms.day_parts_of,
        "field_id": forms.field_id_of,
    }
    strict.globals["nhsuk"] = _nhsuk()
    strict.globals["ui"] = ui = SimpleNamespace(**functions)
    module = strict.get_template("ui/macros.jinja").module
    for name in dir(module):
        if not name.startswith("_"):
            setattr(ui, name, getattr(module, name))
    return strict


def _url(name: str, *args: object, **query: object) -> str:
    """The address of a page by its name, with a query string of what is not empty."""
    address = reverse(name, args=args)
    wanted = {key: str(value) for key, value in query.items() if value not in (None, "")}
    return f"{address}?{urlencode(wanted, doseq=True)}" if wanted else address
