"""Alder Surgery at work, following the national framework of skills, and offering online consultation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from preceptor.register.organisations.actions import start_service
from preceptor.register.organisations.domain import Period
from tests.cast import BUILDER, BUILT_AT, build
from tests.rooms import workplace
from tests.rooms.skilled import Skilled, follow


@pytest.fixture(scope="module")
def skilled_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Skilled]:
    """Built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        skilled = follow(workplace.build(build()))
        start_service(
            by=BUILDER,
            at=BUILT_AT,
            organisation=skilled.cast.alder,
            service="online-consultation",
            period=Period(date(2024, 1, 1)),
        )
        yield skilled
        transaction.set_rollback(True)


@pytest.fixture
def skilled(skilled_built: Skilled, db: None) -> Skilled:
    """Alder Surgery and its framework. What a test changes is undone after it."""
    return skilled_built
