"""What a requirement wants recorded, as the page that adds a record reads it from its address."""

from __future__ import annotations

from collections.abc import Sequence

from .criteria import Ask


def in_address(asks: Sequence[Ask]) -> list[tuple[str, str]]:
    """The subjects with their levels, and the kind when one kind would do for them all."""
    said = [("subject", f"{ask.subject}:{ask.level}") for ask in asks]
    shared = [set(ask.kinds) for ask in asks if ask.kinds is not None]
    common = set.intersection(*shared) if shared else set()
    first = next((kind for ask in asks for kind in ask.kinds or () if kind in common), "")
    return [*said, ("kind", first)] if first else said
