"""A database for each story: a copy of one that was built once, which takes a fraction of a second.

Stories save for good, and the ledgers refuse to have anything taken out again, so a story never tidies up: its copy is
thrown away, and the database of the other tests is never touched.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def copy_of(original: str, name: str) -> Iterator[str]:
    """Makes a copy of a database, has every new connection use it, and drops it at the end."""
    before = _name()
    _say("CREATE DATABASE {} TEMPLATE {}", name, original)
    try:
        _use(name)
        yield name
    finally:
        _use(before)
        _say("DROP DATABASE {} WITH (FORCE)", name)


def _name() -> str:
    return str(connections["default"].settings_dict["NAME"])


def _use(name: str) -> None:
    connections.close_all()
    connections["default"].settings_dict["NAME"] = name


def _say(statement: str, *names: str) -> None:
    connections.close_all()
    connection = connections["default"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))
