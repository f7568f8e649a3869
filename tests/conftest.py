"""The database of the tests: one of this process's own, so that runs side by side never meet."""

import os

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from preceptor.config.server import embedded

_PREFIX = "test_preceptor_"
_LONGEST = ("journeys/test_every_page", "rooms/config", "journeys/", "rooms/demo", "rooms/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes longest, so that no core is left with it at the end."""
    items.sort(key=lambda item: next((at for at, name in enumerate(_LONGEST) if name in item.nodeid), len(_LONGEST)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Name the database after the process; it need not survive a crash, so commits do not wait for the disk.

    No plan is kept: a test fills empty tables in one transaction.
    """
    django_settings.PREPARE = False
    settings = connections["default"].settings_dict
    settings["TEST"]["NAME"] = f"{_PREFIX}{os.getpid()}"
    settings["OPTIONS"]["options"] = "-c synchronous_commit=off"
    if settings.get("EMBEDDED"):
        _drop_abandoned()


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
