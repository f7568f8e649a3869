"""What rooms above have to say on the pages about an organisation's requirements. Each lets itself be heard once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeAlias
from uuid import UUID

from preceptor.foundation.access import Viewer

from ..domain.beside import Beside

Saying: TypeAlias = Callable[[Viewer, UUID, date, str], Iterable[Beside]]

_SAYINGS: Final[list[Saying]] = []


def hears(saying: Saying) -> None:
    """Lets a room above be heard on these pages: on the list, asked with no key, and on a requirement, with its own."""
    if saying not in _SAYINGS:
        _SAYINGS.append(saying)


def said_beside(viewer: Viewer, organisation: UUID, today: date, key: str = "") -> tuple[Beside, ...]:
    """What there is to say to a viewer about an organisation's list, or about one requirement on it."""
    return tuple(one for saying in _SAYINGS for one in saying(viewer, organisation, today, key))
