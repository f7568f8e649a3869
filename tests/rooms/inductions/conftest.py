"""Alder Surgery at work, with programmes of induction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import build
from tests.rooms import workplace
from tests.rooms.inducted import Inducted, take


@pytest.fixture(scope="module")
def inducted_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Inducted]:
    """Built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield take(workplace.build(build()))
        transaction.set_rollback(True)


@pytest.fixture
def inducted(inducted_built: Inducted, db: None) -> Inducted:
    """Alder Surgery and its programmes. What a test changes is undone after it."""
    return inducted_built
