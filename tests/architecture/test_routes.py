"""Every address and who may use it, written down: a change of a door is reviewed like code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

from preceptor.foundation.access import ANYONE, OWN, SIGNED_IN, Can, May

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "routes.md"

_HEAD = """# Addresses

Generated from the routes by `python -m tests.architecture.test_routes`; a test holds the two equal. “Whom” is the
permission of the route. The rows behind it are checked a second time by the scope of that permission: outside it a
thing does not exist.

| Address | Name | Whom |
|---|---|---|
"""


def routes(
    resolver: URLResolver | None = None, before: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, May]]:
    """Every route as its address, its name and its permission."""
    for one in (resolver or get_resolver()).url_patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one, address, f"{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern):
            yield f"/{address}", f"{namespace}{one.name}", getattr(one.callback, "may")  # noqa: B009 - route() puts it there


def page() -> str:
    """The reference page."""
    return _HEAD + "".join(
        f"| `{address}` | {name} | {_whom(may)} |\n" for address, name, may in sorted(routes(), key=str)
    )


def _whom(may: May) -> str:
    if may is ANYONE:
        return "anyone"
    if may is SIGNED_IN:
        return "anyone signed in"
    assert isinstance(may, Can)
    own = "; oneself" if may in OWN else ""
    return f"{may.value.replace('_', ' ')}{own}"


def test_the_reference_lists_every_route_with_its_permission() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.architecture.test_routes"


def test_every_route_says_who_may_use_it() -> None:
    for address, name, may in routes():
        assert name, address
        assert may in (ANYONE, SIGNED_IN) or isinstance(may, Can), address


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")
    django.setup()
    PAGE.write_text(page(), "utf-8")
