"""Links, pictures and documents of a notice, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from preceptor.ui.forms import Form, Text, Upload, uploaded

from ..domain.notice import (
    Material,
    Notice,
)

Options = Iterable[tuple[str, str]]

_MOST_LINKS: Final = 3


class LinksForm(Form[Notice]):
    """Links to the supplier's own material."""

    def __init__(self, data: Mapping[str, str] | None, *, notice: Notice) -> None:
        super().__init__(data)
        self._notice = notice
        for number in range(_MOST_LINKS):
            held = notice.links[number] if number < len(notice.links) else None
            self.fields[f"title{number}"] = Text(
                f"Link {number + 1}: what is it called?", required=False, max_length=120, initial=held and held.title
            )
            self.fields[f"href{number}"] = Text(
                f"Link {number + 1}: where is it?",
                hint="Begins with https://",
                required=False,
                max_length=300,
                initial=held and held.href,
            )

    def clean(self) -> dict[str, Any]:
        """Refuses a name without a link, and the other way round."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(_MOST_LINKS):
            title, href = cleaned.get(f"title{number}"), cleaned.get(f"href{number}")
            if title and not href:
                self.refuse(f"href{number}", "Enter the link")
            if href and not title:
                self.refuse(f"title{number}", "Say what the link is called")
            refuse_link(self, f"href{number}", href or "")
        return cleaned

    def build(self) -> Notice:
        """The notice with its links."""
        given = self.cleaned_data
        links = (Material(given[f"title{at}"].strip(), given[f"href{at}"].strip()) for at in range(_MOST_LINKS))
        return replace(self._notice, links=tuple(one for one in links if one.href))


@dataclass(frozen=True, slots=True)
class Bringing:
    """A file to add, and what it shows or is called."""

    name: str
    content: bytes
    words: str


class FileForm(Form[Bringing]):
    """A picture or a document to add."""

    file = Upload(
        "Picture or document",
        most_megabytes=5,
        accept=".png,.jpg,.jpeg,.pdf",
        hint="PNG, JPEG or PDF, smaller than 5 MB. No patient must be in it",
    )
    words = Text(
        "What does the picture show, or what is the document called?",
        hint="Read aloud to people who cannot see the picture",
        missing="Say what the picture shows, or what the document is called",
    )

    def build(self) -> Bringing:
        """The file."""
        name, content = uploaded(self.cleaned_data["file"])
        return Bringing(name, content, self.cleaned_data["words"])


def refuse_link(form: Form[Any], field: str, link: str) -> None:
    """Refuses what is no address of a page."""
    if link and not link.startswith("https://"):
        form.refuse(field, "Enter a link that begins with https://")
