"""The cast, with a clinical system to change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from preceptor.register.organisations.actions import load_systems
from tests.cast import BUILDER, BUILT_AT, Cast, build


@pytest.fixture(scope="module")
def cast_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Alder Surgery and its people, built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build()
        load_systems(by=BUILDER, at=BUILT_AT, systems=[("emis-web", "EMIS Web", "EMIS", "core clinical system")])
        yield cast
        transaction.set_rollback(True)
