"""What every room's tests may ask for."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, build
from tests.rooms import workplace
from tests.rooms.workplace import Workplace


@pytest.fixture(scope="module")
def cast_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Alder Surgery and its people, built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def cast(cast_built: Cast, db: None) -> Cast:
    """Alder Surgery and its people, in an otherwise empty register. What a test changes is undone after it."""
    return cast_built


@pytest.fixture(scope="module")
def work_built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Workplace]:
    """Alder Surgery at work, built once for a module inside a transaction that is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield workplace.build(build())
        transaction.set_rollback(True)


@pytest.fixture
def work(work_built: Workplace, db: None) -> Workplace:
    """Alder Surgery at work. What a test changes is undone after it."""
    return work_built
