"""The database of the tests: one of this process's own, so that runs side by side never meet."""

import os

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_django.plugin import DjangoDbBlocker

from preceptor.config.server import embedded

_PREFIX = "test_preceptor_"
_LONGEST = ("journeys/test_every_page", "rooms/config", "journeys/", "rooms/demo", "rooms/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes longest, so that no core is left with it at the end."""
    items.sort(key=lambda item: next((at for at, name in enumerate(_LONGEST) if name in item.nodeid), len(_LONGEST)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Name the database after the process; it need not survive a crash, so commits do not wait for the disk.

    No plan is kept: a test fills empty tables in one transaction. No client lists the static files when it is made,
    which would take longer than most of its requests.
    """
    django_settings.PREPARE = False
    django_settings.WHITENOISE_AUTOREFRESH = True
    settings = connections["default"].settings_dict
    settings["TEST"]["NAME"] = f"{_PREFIX}{os.getpid()}"
    settings["OPTIONS"]["options"] = "-c synchronous_commit=off"
    if settings.get("EMBEDDED"):
        _drop_abandoned()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the server count no rows: nobody else sees what a test saves, so its tables would count as empty.

    Hundreds of rows would then be joined as if they were one, which took longer than the tests.
    """
    tables = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(tables)
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = off)")


def _drop_abandoned() -> None:
    """Drop what runs that were killed left behind: databases named after a process that is no more."""
    embedded().ensure()
    with psycopg.connect(make_conninfo(**embedded().address(), dbname="postgres"), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]
        ).fetchall()
        for (name,) in rows:
            if not _lives(name.removeprefix(_PREFIX).partition("_")[0]):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
