"""Every door of the site, tried by the wrong person, whatever their role, with another practice's ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from preceptor.foundation.access import ANYONE, SIGNED_IN, May
from preceptor.foundation.dates import london_date
from preceptor.foundation.models import JournalLine
from preceptor.register.people.actions import end_engagement
from tests.cast import BUILDER, Member, signed_in
from tests.rooms.config.behind import Behind, behind, filled, forms
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

REFUSED = {403, 404}
_MADE_UP: dict[str, object] = {"UUIDConverter": UUID(int=1), "IntConverter": 1}


@dataclass(frozen=True, slots=True)
class Door:
    """A route: its name, what its address asks for, and who may use it."""

    name: str
    asks: tuple[str, ...]
    may: May
    made_up: tuple[tuple[str, object], ...] = ()  # an address of things that need not exist


def doors(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[Door]:
    """Every route of the site."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from doors(one, f"{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern):
            asks = one.pattern.converters
            made_up = tuple((name, _MADE_UP.get(type(kind).__name__, "x")) for name, kind in asks.items())
            yield Door(f"{namespace}{one.name}", tuple(asks), getattr(one.callback, "may"), made_up)  # noqa: B009 - route() puts it there


ALL = sorted(doors(), key=lambda door: door.name)
LOCKED = [door for door in ALL if door.may is not ANYONE]


@pytest.fixture(scope="module")
def there_built(work_built: Workplace, django_db_blocker: DjangoDbBlocker) -> Behind:
    """What stands behind the doors, built once for the module in the transaction of the workplace."""
    with django_db_blocker.unblock():
        return behind(work_built)


@pytest.fixture
def there(there_built: Behind, db: None) -> Behind:
    """What stands behind the doors. What a test changes is undone after it."""
    return there_built


def _address(door: Door, there: Behind) -> str:
    """The address of a door at Alder Surgery, of things that exist there."""
    return reverse(door.name, kwargs=there.asked(door.name, door.asks))


def _tries(work: Workplace) -> dict[str, Member]:
    """People with nothing to say about Alder Surgery's nurse: one of each role, and a colleague."""
    cast = work.cast
    return {
        "another practice's manager": cast.owen,
        "a neighbour's manager": cast.lorna,
        "a colleague": cast.tomasz,
        "a locum": cast.mei,
        "the PCN lead": cast.nadia,
        "the hub lead": cast.gareth,
    }


@pytest.mark.parametrize("door", LOCKED, ids=lambda door: door.name)
def test_signed_out_every_door_leads_to_sign_in(door: Door, client: Client) -> None:
    address = reverse(door.name, kwargs=dict(door.made_up))

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


# Behind these nothing is done: they show something, or only lead on.
SHOWS = {
    *("evidence:needs", "evidence:needs-pdf", "evidence:version", "evidence:version-json", "evidence:version-pdf"),
    *("equivalences:equivalences", "equivalences:names", "forecasts:over-training", "hubs:adjustments"),
    *("accounts:access", "accounts:me", "hubs:practices", "mine:home", "mine:places", "mine:training"),
    *("organisations:organisation", "organisations:organisations", "people:people", "people:person"),
    *("practices:matrix", "practices:matrix-csv", "practices:matrix-xlsx", "practices:person"),
    *("practices:requirement", "practices:today", "records:certificate", "records:mine", "records:person"),
    *("records:record", "records:waiting", "requirements:adjustments", "requirements:catalogue"),
    *("rulemaking:requirement", "requirements:requirements", "requirements:template", "standing:why"),
    *("rulemaking:compare", "rulemaking:drafts", "rulemaking:reviews"),
    *("planner:csv", "planner:mine", "planner:person", "planner:time"),
    *("cover:ability", "cover:cover", "cover:csv", "cover:session"),
    *("packs:pack", "packs:packs"),
    *("rulemaking:dry-run-csv", "rulemaking:dry-run-xlsx"),
    *("champions:home", "champions:library", "champions:toolkit", "champions:toolkit-page"),
    *("champions:champions", "champions:across", "services:services", "services:service", "services:across"),
    *("rollouts:changes", "rollouts:change", "rollouts:check", "rollouts:refresher", "rollouts:file"),
    *("rollouts:rollouts", "rollouts:rollout", "rollouts:version", "rollouts:across"),
    *("capability:csv", "capability:mine", "capability:report"),
    *("skills:asked", "skills:csv", "skills:framework", "skills:mine", "skills:person", "skills:signature"),
    *("skills:skill", "skills:skills"),
    *(
        "inductions:begin",
        "inductions:board",
        "inductions:course",
        "inductions:csv",
        "inductions:programme",
        "inductions:programmes",
    ),
    *("inductions:tasks", "inductions:text"),
}
# These do something to whoever uses them, or take what a page before gave: their rooms' tests try the wrong person.
OWN = {
    *("inductions:done", "inductions:help", "inductions:link", "inductions:own", "inductions:read"),
    *("account_change_password", "account_logout", "organisations:add", "people:import-check", "people:questions"),
    *("capability:forget", "capability:part"),
    *("equivalences:add", "equivalences:answer", "equivalences:end"),
    *("records:add-mine", "records:import-check"),
    "planner:across",
    *("cover:across", "cover:import", "cover:import-check"),
    *("skills:ask", "skills:invite", "skills:log", "skills:own", "skills:rate", "skills:take-back"),
    *("champions:ask", "champions:offer", "champions:help", "champions:steps"),
    *("champions:question", "champions:solved", "champions:take-back"),
    *("packs:next", "packs:offer", "packs:own", "packs:rule", "packs:share"),  # only at networks and hubs
}


def test_every_door_shows_something_or_has_a_filled_form(there: Behind) -> None:
    assert {door.name for door in LOCKED} == SHOWS | OWN | set(forms(there.work))


def _right_person(name: str, work: Workplace) -> Member:
    """Somebody who may use a door at Alder Surgery."""
    if name in {"organisations:add", "organisations:organisations", "hubs:practices"}:
        return work.cast.priya
    if name in {"equivalences:names", "hubs:adjustments"}:
        return work.cast.gareth
    return work.cast.aisha if name == "records:take-back" else work.cast.ruth


@pytest.mark.parametrize("door", [door for door in LOCKED if door.name in SHOWS], ids=lambda door: door.name)
def test_the_right_person_is_shown_what_is_there(door: Door, there: Behind, client: Client) -> None:
    answer = signed_in(client, _right_person(door.name, there.work)).get(_address(door, there))

    assert answer.status_code == (302 if door.name == "mine:home" else 200)


@pytest.mark.parametrize("door", [door for door in LOCKED if "code" in door.asks], ids=lambda door: door.name)
def test_the_menu_of_a_place_says_where_each_of_its_pages_belongs(door: Door, there: Behind, client: Client) -> None:
    page = signed_in(client, _right_person(door.name, there.work)).get(_address(door, there)).content.decode("latin-1")
    menu = re.search(r'<nav class="pr-nav".*?</nav>', page, re.DOTALL)  # files and doors that only take have none

    assert menu is None or menu[0].count("aria-current") == 1


@pytest.mark.parametrize("door", [door for door in LOCKED if door.name not in SHOWS | OWN], ids=lambda door: door.name)
def test_a_filled_form_does_something_for_the_right_person_and_nothing_for_the_wrong_one(
    door: Door, there: Behind, client: Client
) -> None:
    address, answers = _address(door, there), filled(there.work, door.name)
    before = JournalLine.objects.count()

    for who, member in _tries(there.work).items():
        assert signed_in(client, member).post(address, answers).status_code in REFUSED, who
    assert JournalLine.objects.count() == before

    answers = filled(there.work, door.name)  # a file is read once
    before = JournalLine.objects.count()
    answer = signed_in(client, _right_person(door.name, there.work)).post(address, answers)

    assert answer.status_code == 302, _problems(answer.content.decode())
    assert JournalLine.objects.count() > before or door.name in {"people:import", "records:import"}


@pytest.mark.parametrize("door", [door for door in LOCKED if door.name not in SHOWS | OWN], ids=lambda door: door.name)
def test_what_no_browser_sends_is_refused(door: Door, there: Behind, client: Client) -> None:
    signed_in(client, _right_person(door.name, there.work))
    address, asked = _address(door, there), list(filled(there.work, door.name))

    garbled = client.post(address, dict.fromkeys(asked, "\0")).status_code
    others = [
        client.post(address, dict.fromkeys(asked, sent)).status_code
        for sent in ("99999999999999999999", "-1", "☃" * 5_000)
    ]

    assert garbled == 400 or not asked
    assert max(others) < 500


def _problems(page: str) -> str:
    """What the page says is wrong."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.find("error-summary") :][:1500]).split())


# What each of these may see although it names Alder Surgery: a place they work at, belongs to or has beneath it.
OPEN_TO = {
    "services:service": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "services:services": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "capability:part": {
        "another practice's manager",
        "a neighbour's manager",
        "a colleague",
        "a locum",
        "the PCN lead",
        "the hub lead",
    },
    "capability:report": {"the PCN lead", "the hub lead"},
    "capability:csv": {"the PCN lead", "the hub lead"},
    "evidence:needs": {"the PCN lead", "the hub lead"},
    "evidence:needs-pdf": {"the PCN lead", "the hub lead"},
    "evidence:version": {"the PCN lead", "the hub lead"},
    "evidence:version-pdf": {"the PCN lead", "the hub lead"},
    "packs:pack": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "packs:packs": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "requirements:requirements": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "rulemaking:requirement": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "rulemaking:compare": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "rulemaking:reviews": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "rollouts:file": {"a colleague", "a locum"},
    "rollouts:refresher": {"a colleague", "a locum"},
    "skills:framework": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "skills:skill": {"a colleague", "a locum", "the PCN lead", "the hub lead"},
    "skills:ask": {"a colleague", "a locum"},
    "skills:invite": {"a colleague", "a locum"},
    "skills:log": {"a colleague", "a locum"},
    "skills:own": {"a colleague", "a locum"},
    "skills:rate": {"a colleague", "a locum"},
    "organisations:organisation": {"the PCN lead", "the hub lead"},
}


@pytest.mark.parametrize(
    "door", [door for door in LOCKED if door.asks and door.may is not SIGNED_IN], ids=lambda door: door.name
)
def test_the_wrong_person_is_refused_whatever_their_role(door: Door, there: Behind, client: Client) -> None:
    address = _address(door, there)

    for who, member in _tries(there.work).items():
        signed_in(client, member)
        read, written = client.get(address).status_code, client.post(address).status_code

        if who in OPEN_TO.get(door.name, ()):
            assert read == 200, who
        elif door.asks == ("key",):
            assert read in {200, *REFUSED}, who  # the national catalogue is about nobody
        else:
            # A door that only takes a form, or only shows a page, says so to the other way of knocking.
            assert {read, written} <= REFUSED | {405}, who
            assert {read, written} & REFUSED, who


# What stays open to a leaver: their own training, records and questions, the account, and what names no practice.
OWN_CAPABILITY = {"capability:mine", "capability:part", "capability:forget"}
STAYS_OPEN = {
    "records:mine",
    "records:add-mine",
    "mine:training",
    "people:questions",
    "planner:mine",
    "skills:mine",
    *OWN_CAPABILITY,
}


def test_the_day_after_the_last_day_every_door_to_the_practice_is_shut(there: Behind, client: Client) -> None:
    ruth, locked = there.work.cast.ruth, [door for door in LOCKED if door.may is not SIGNED_IN]
    addresses = {door: reverse(door.name, kwargs=there.asked(door.name, door.asks)) for door in locked}
    signed_in(client, ruth)
    before = {door.name for door, address in addresses.items() if client.get(address).status_code == 200}

    end_engagement(by=BUILDER, at=there.work.now, engagement=ruth.engagement, ends_on=london_date(there.work.now))

    after = {door.name for door, address in addresses.items() if client.get(address).status_code == 200}
    written = {door.name for door, address in addresses.items() if client.post(address).status_code == 200}
    assert len(before) > 25
    assert after == STAYS_OPEN
    assert written <= STAYS_OPEN


def test_every_door_says_who_may_use_it() -> None:
    assert len(ALL) > 40
    assert {door.may for door in ALL if door.may is ANYONE} == {ANYONE}
    assert len({door.name for door in ALL}) == len(ALL)
