"""The site, the browser and the world of every story."""

from __future__ import annotations

import os
import runpy
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from preceptor.foundation.dates import london_date
from tests.journeys import world as worlds
from tests.journeys.databases import copy_of
from tests.journeys.visitor import Visit, Visits
from tests.journeys.world import World

FAILED = pytest.StashKey[bool]()
HOUSE = Path(__file__).parents[2]
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


class _AsItIs(WSGIHandler):
    """Adds nothing to the site, which serves its own static files."""

    def __new__(cls, site: WSGIHandler) -> WSGIHandler:  # type: ignore[misc] # the site itself
        return site


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, served to the browser; its address."""
    home = tmp_path_factory.mktemp("home")
    with override_settings(
        FILES_ROOT=home / "files",
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=home / "mail",
        WHITENOISE_AUTOREFRESH=False,
    ):
        server = LiveServerThread("127.0.0.1", static_handler=_AsItIs)
        server.daemon = True
        server.start()
        assert server.is_ready.wait(timeout=30)
        assert server.error is None
        yield f"http://{server.host}:{server.port}"
        server.terminate()


@pytest.fixture(scope="package")
def built(site: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, World]]:
    """The world, built once; the name of the database it is in."""
    name = str(connections["default"].settings_dict["NAME"])
    with django_db_blocker.unblock(), copy_of(name, f"{name}_world") as original:
        world = worlds.build(london_date(datetime.now(UTC)))
        connections.close_all()  # only a database that nobody uses can be copied
        yield original, world


@pytest.fixture(scope="package")
def browser(built: tuple[str, World]) -> Iterator[Browser]:
    """The browser: one for all stories, each of which has windows of its own in it.

    Its driver keeps an event loop in the thread of the tests, where Django has a second set of connections and refuses
    to use them. So the world is built before, and Django is told that this is no asynchronous code.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        sandbox = os.geteuid() != 0  # the browser refuses to have one for root
        browser = driver.chromium.launch(executable_path=_program(), chromium_sandbox=sandbox, args=FLAGS)
        yield browser
        browser.close()


def _program() -> str:
    """The browser `./dev` finds or installs."""
    names: tuple[str, ...] = runpy.run_path(str(HOUSE / "dev"))["BROWSERS"]
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"The journeys need a browser, one of {', '.join(names)}. ./dev journeys installs one."
    return found


@pytest.fixture
def db(built: tuple[str, World], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of the story's own, with the world as it was built whatever other stories did to theirs."""
    original, _ = built
    cache.clear()  # forgets earlier tries to sign in
    with django_db_blocker.unblock(), copy_of(original, f"{original}_story"):
        yield


@pytest.fixture
def world(built: tuple[str, World], db: None) -> World:
    """The world every story begins in."""
    return built[1]


@pytest.fixture
def visit(browser: Browser, site: str, world: World, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens a window of the browser for somebody. Whatever went wrong in any of them fails the story at its end."""
    visits = Visits(browser, site, HOUSE / "build" / "journeys" / request.node.name)
    yield visits.open
    visits.close(failed=request.node.stash[FAILED])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers whether a story failed, so that it can leave a picture of its windows in build/journeys."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
