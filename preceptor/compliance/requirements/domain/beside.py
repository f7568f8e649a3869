"""A remark that stands on a page about requirements, by a room above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence, and the name of the page it leads to with what that page is about; nowhere, if it leads nowhere."""

    words: str
    title: str = ""
    page: str = ""
    about: tuple[str, ...] = ()
