"""Forms and fields that draw themselves with the design system.

A form turns input into a domain value and never saves. `value()` is the value when the input is good and None
otherwise, with the errors kept on the form for the page to show.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from .words import inside

T_co = TypeVar("T_co", covariant=True)

Choices = Iterable[tuple[str, str]]

_DAY_PARTS = ("day", "month", "year")
_YEARS = (1900, 2200)
_MEGABYTE = 1024 * 1024


class Form(forms.Form, Generic[T_co]):
    """Input that becomes one domain value."""

    use_required_attribute = False

    @abstractmethod
    def build(self) -> T_co:
        """The domain value of input that is known to be good."""

    def value(self) -> T_co | None:
        """The domain value, or None while there is nothing or something wrong."""
        return self.build() if self.is_bound and self.is_valid() else None

    def refuse(self, field: str, message: str) -> None:
        """Puts an action's refusal on the question it belongs to, or on the whole form."""
        self.add_error(field if field in self.fields else None, message)


class ConfirmForm(Form[bool]):
    """A question without boxes: to press the button is the answer."""

    def build(self) -> bool:
        """Yes."""
        return True


class _Drawn(forms.Field):
    """A field that knows which component draws it."""

    component: ClassVar[str]

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        required: bool = True,
        width: int = 20,
        large: bool = False,
        title_above: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages={"required": missing or _asks_for("Enter", label)} | options.pop("errors", {}),
            **options,
        )
        self.width = width
        self.large = large
        self.title_above = title_above


def _asks_for(verb: str, label: str, where: str = "") -> str:
    """What to do about an answer that is missing: by the words of the question, or by the name of the answer."""
    return f"{verb} an answer to “{label}”" if label.endswith("?") else f"{verb} {inside(label)}{where}"


def _of(label: str, what: str) -> str:
    """What an answer must be, in words: under a question what to enter, else said of the name of the answer."""
    return f"Enter {what}" if label.endswith("?") else f"{label} must be {what}"


class Text(_Drawn, forms.CharField):
    """One line of words, as long as a column of the database holds."""

    component = "input"
    input_type = "text"

    def __init__(self, label: str, *, max_length: int = 200, **options: Any) -> None:
        errors = {"max_length": _of(label, f"{max_length} characters or fewer")} | options.pop("errors", {})
        super().__init__(label, errors=errors, max_length=max_length, **options)


class Search(Text):
    """Words to look for; may be empty."""

    input_type = "search"


class Email(_Drawn, forms.EmailField):
    """An email address."""

    component = "input"
    input_type = "email"

    def __init__(self, label: str, **options: Any) -> None:
        wrong = "Enter an email address in the correct format, like name@example.nhs.uk"
        super().__init__(label, errors={"invalid": wrong}, **options)


class Password(_Drawn, forms.CharField):
    """A secret; never sent back to the page."""

    component = "password"

    def __init__(self, label: str, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(label, strip=False, **options)
        self.autocomplete = autocomplete


class LongText(_Drawn, forms.CharField):
    """Several lines of words."""

    component = "textarea"

    def __init__(self, label: str, *, max_length: int | None = None, **options: Any) -> None:
        errors = {"max_length": _of(label, f"{max_length} characters or fewer")} | options.pop("errors", {})
        super().__init__(label, errors=errors, max_length=max_length, **options)


class Number(_Drawn, forms.IntegerField):
    """A whole number."""

    component = "input"
    input_type = "text"

    def __init__(self, label: str, **options: Any) -> None:
        least, most = options.get("min_value"), options.get("max_value")
        within = f"a number from {least} to {most}" if most is not None else f"{least} or more"
        errors = {
            "invalid": _of(label, "a whole number"),
            "min_value": _of(label, within),
            "max_value": _of(label, within),
        }
        super().__init__(label, errors=errors | options.pop("errors", {}), **options)


class Choice(_Drawn, forms.ChoiceField):
    """One of a closed list, as a drop-down. An empty first line is added when `prompt` is given."""

    component = "select"

    def __init__(self, label: str, *, choices: Choices = (), prompt: str | None = None, **options: Any) -> None:
        wrong = _asks_for("Choose", label, " from the list")
        super().__init__(label, missing=options.pop("missing", wrong), errors={"invalid_choice": wrong}, **options)
        self.prompt = prompt
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Sets the list to choose from."""
        first = [("", self.prompt)] if self.prompt is not None else []
        self.choices = [*first, *choices]


class Pick(Choice):
    """One of a few, as radios."""

    component = "radios"

    def __init__(
        self, label: str, *, inline: bool = False, hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.inline = inline
        self.hints = hints or {}


class Ticks(_Drawn, forms.MultipleChoiceField):
    """Any number of a closed list, as checkboxes."""

    component = "checkboxes"

    def __init__(
        self, label: str, *, choices: Choices = (), hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(label, choices=list(choices), **options)
        self.hints = hints or {}


class Upload(_Drawn, forms.FileField):
    """A file from the person's device. One that is too large is refused before anything reads it."""

    component = "file"

    def __init__(self, label: str, *, most_megabytes: int, accept: str = "", **options: Any) -> None:
        super().__init__(
            label,
            missing=options.pop("missing", "Choose a file"),
            errors={"empty": "The file is empty"},
            validators=[self._refuse_large],
            **options,
        )
        self.most_megabytes = most_megabytes
        self.accept = accept

    def _refuse_large(self, file: object) -> None:
        if isinstance(file, UploadedFile) and (file.size or 0) > self.most_megabytes * _MEGABYTE:
            raise forms.ValidationError(f"“{file.name}” must be smaller than {self.most_megabytes} MB")


class _DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self) -> None:
        super().__init__({part: forms.TextInput() for part in _DAY_PARTS})

    def decompress(self, value: date | None) -> list[str | None]:
        """The three parts of a day."""
        return [str(value.day), str(value.month), str(value.year)] if value else [None, None, None]


class Day(_Drawn):
    """A civil date in three boxes. Says which part is wrong."""

    component = "date"
    widget = _DayWidget

    def __init__(
        self, label: str, *, subject: str = "", earliest: date | None = None, latest: date | None = None, **options: Any
    ) -> None:
        self.subject = subject or label
        self.earliest = earliest
        self.latest = latest
        self.latest_words = "today or in the past"
        super().__init__(label, missing=options.pop("missing", f"Enter {inside(self.subject)}"), **options)

    def clean(self, value: Sequence[str | None] | None) -> date | None:
        """The date, or None when all three boxes are empty and that is allowed."""
        parts = [(part or "").strip() for part in (value or ("", "", ""))]
        if not any(parts):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [name for name, part in zip(_DAY_PARTS, parts, strict=True) if not part]
        if missing:
            raise forms.ValidationError(
                f"{self.subject} must include a {' and '.join(missing)}", code="-".join(missing)
            )
        return self._within(self._real(parts))

    def _real(self, parts: list[str]) -> date:
        try:
            day, month, year = (int(part) for part in parts)
            if _YEARS[0] <= year <= _YEARS[1]:
                return date(year, month, day)
        except (ValueError, OverflowError):
            raise forms.ValidationError(f"{self.subject} must be a real date", code="day-month-year") from None
        raise forms.ValidationError(f"{self.subject} must have a year from {_YEARS[0]} to {_YEARS[1]}", code="year")

    def _within(self, day: date) -> date:
        if self.latest and day > self.latest:
            raise forms.ValidationError(f"{self.subject} must be {self.latest_words}", code="year")
        if self.earliest and day < self.earliest:
            raise forms.ValidationError(f"{self.subject} is too long ago", code="year")
        return day


def uploaded(file: object) -> tuple[str, bytes]:
    """The name and the bytes of an uploaded file."""
    if not isinstance(file, UploadedFile):
        message = "no file was uploaded"
        raise TypeError(message)
    return file.name or "file", file.read()


def options_of(bound: forms.BoundField) -> list[dict[str, object]]:
    """The lines of a list to choose from, as the design system's components take them."""
    given = bound.value()
    chosen = {str(one) for one in given} if isinstance(given, list | tuple) else {str(given or "")}
    hints: dict[str, str] = getattr(bound.field, "hints", {})
    lines = []
    for value, text in bound.field.choices:  # type: ignore[attr-defined] # only asked of fields with choices
        line: dict[str, object] = {"value": str(value), "text": str(text)}
        marked = str(value) in chosen
        component: str = getattr(bound.field, "component", "")
        line |= {"selected": marked} if component == "select" else {"checked": marked}
        if value in hints:
            line["hint"] = {"text": hints[value]}
        lines.append(line)
    return lines


def day_parts_of(bound: forms.BoundField) -> list[dict[str, object]]:
    """The three boxes of a day, with the wrong ones marked."""
    value = bound.value()
    parts = list(value) if isinstance(value, list | tuple) else _DayWidget().decompress(value)
    wrong = _wrong_parts(bound.form, bound.name)
    return [
        {
            "id": f"id_{bound.html_name}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": {"text": part.capitalize()},
            "value": given or "",
            "width": 4 if part == "year" else 2,
            "error": part in wrong,
        }
        for part, given in zip(_DAY_PARTS, parts, strict=True)
    ]


def field_id_of(form: forms.BaseForm, name: str) -> str:
    """The id an error leads to: the question, or the first wrong box of a day."""
    if isinstance(form.fields[name], Day):
        first = next((part for part in _DAY_PARTS if part in _wrong_parts(form, name)), "day")
        return f"id_{form.add_prefix(name)}_{first}"
    return f"id_{form.add_prefix(name)}"


def _wrong_parts(form: forms.BaseForm, name: str) -> set[str]:
    problems = form.errors.as_data().get(name, [])
    if not problems:
        return set()
    named = set((problems[0].code or "").split("-")) & set(_DAY_PARTS)
    return named or set(_DAY_PARTS)
