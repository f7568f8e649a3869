"""Letting two things happen at once, each on its own connection."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")


def meanwhile(first: Callable[[], object], second: Callable[[], T]) -> list[T | Exception]:
    """Lets the first happen, and the second begin on another connection before the first is over."""
    found: list[T | Exception] = []

    def run() -> None:
        try:
            found.append(second())
        except Exception as struck:  # noqa: BLE001 - whatever it is, the test looks at it
            found.append(struck)
        finally:
            connection.close()

    other = Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        other.join(0.7)
        assert other.is_alive(), "the second was to wait for the first"
    other.join(20)
    return found
