"""Alder Surgery at work, following the national framework of skills."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import build
from tests.rooms import workplace
from tests.rooms.skilled import Skilled, follow


@pytest.fixture(scope="module")
def skilled_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Skilled]:
    """Built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield follow(workplace.build(build()))
        transaction.set_rollback(True)


@pytest.fixture
def skilled(skilled_built: Skilled, db: None) -> Skilled:
    """Alder Surgery and its framework. What a test changes is undone after it."""
    return skilled_built
