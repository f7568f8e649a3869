"""The places of the demo world: a board, a sub-ICB location, a hub, a network and its six practices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.dates import add_months
from preceptor.register.organisations.actions import (
    add_organisation,
    add_parent,
    start_service,
    start_system,
    stop_system,
)
from preceptor.register.organisations.domain import Kind, NewOrganisation, OrganisationId, Period
from preceptor.register.organisations.queries import organisation_by_code

from .spans import at

NETWORK: Final = "U81001"
HUB: Final = "V81H"
LOCATION: Final = "81V"

# The location came to Central East when that board was made out of three, on 1 April 2026.
BOARD_BEFORE: Final = "QUE"
BOARD: Final = "S1Y5D"
SUCCESSION: Final = date(2026, 4, 1)

# Requirements beyond the core of the national catalogue that most places here decided to have.
_USUAL: Final = (
    *("locum-induction", "vaccination-update", "anaphylaxis", "cervical-update", "phlebotomy"),
    *("registration-gmc", "registration-nmc", "registration-gphc", "registration-hcpc"),
    *("infection-prevention-lead", "fire-marshal"),
)


@dataclass(frozen=True, slots=True)
class Lapses:
    """How often, of a hundred renewals, one is overdue today or about to run out."""

    overdue: float
    due_soon: float


@dataclass(frozen=True, slots=True)
class Demo:
    """A place with people of its own, and how it goes about training.

    `adopted` and `went_live` are months after the demo world begins: when it took over national requirements, and when
    it brought in its past training. `profile` is the kind of file its records come in.
    """

    code: str
    name: str
    managers: tuple[str, str]
    adopted: int
    went_live: int
    lapses: Lapses
    systems: tuple[str, ...] = ()
    extra: tuple[str, ...] = _USUAL
    profile: str = "own"
    staff_file: str = ""


DEMOS: Final = (
    Demo(
        code="A81001",
        name="Alder Surgery",
        managers=("ruth.okafor@alder.example", "helen.marsh@alder.example"),
        adopted=0,
        went_live=2,
        lapses=Lapses(0, 0),
        systems=("emis-web", "docman", "accurx"),
        extra=(
            *_USUAL,
            *("cervical-initial", "record-record-access-u", "record-record-access-c", "record-referrals-c"),
            *("appraisal-gp", "pharmacist-pathway", "safeguarding-lead", "digital-champion"),
        ),
    ),
    Demo(
        code="A81002",
        name="Birch Health Centre",
        managers=("lorna.blake@birch.example", "ines.dunmore@birch.example"),
        adopted=1,
        went_live=5,
        lapses=Lapses(12, 8),
        systems=("systmone", "accurx"),
        extra=(*_USUAL, "prevent-basic", "prevent-awareness", "moving-handling-1", "life-support-children", "sharps"),
        profile="esr",
        staff_file="csv",
    ),
    Demo(
        code="A81003",
        name="Canal Street Surgery",
        managers=("denise.fairley@canalstreet.example", "owain.kilbride@canalstreet.example"),
        adopted=5,
        went_live=12,
        lapses=Lapses(15, 9),
        systems=("emis-web", "docman"),
    ),
    Demo(
        code="A81004",
        name="St Anne’s Practice",
        managers=("martin.osei@stannes.example", "tobias.thornby@stannes.example"),
        adopted=2,
        went_live=8,
        lapses=Lapses(10, 8),
        systems=("vision", "docman", "accurx"),
        extra=(*_USUAL, "life-support-children", "cold-chain", "vaccination-foundation", "e-prescriptions", "nhs-app"),
        profile="workbook",
        staff_file="xlsx",
    ),
    Demo(
        code="A81005",
        name="Ferry Road Surgery",
        managers=("joyce.adeyemi@ferryroad.example", "ximena.fordyce@ferryroad.example"),
        adopted=7,
        went_live=20,
        lapses=Lapses(17, 9),
        systems=("systmone",),
        extra=(*_USUAL, "display-screen", "lone-working"),
        profile="esr",
    ),
    Demo(
        code="A81006",
        name="Lock Keepers Surgery",
        managers=("alan.teague@lockkeepers.example", "nasreen.dunmore@lockkeepers.example"),
        adopted=10,
        went_live=28,
        lapses=Lapses(15, 8),
        systems=("emis-web", "accurx"),
        extra=(*_USUAL, "nurse-fundamentals", "care-certificate"),
    ),
    Demo(
        code=NETWORK,
        name="Riverside PCN",
        managers=("nadia.hussain@riverside.example", "ines.dunmore@birch.example"),
        adopted=3,
        went_live=6,
        lapses=Lapses(8, 8),
        extra=(
            *("registration-gphc", "registration-hcpc", "pharmacist-pathway", "pharmacy-technician-pathway"),
            *("link-worker-learning", "care-coordination", "health-coaching", "first-contact-stage-1"),
        ),
    ),
)
PRACTICES: Final = tuple(one for one in DEMOS if one.code != NETWORK)
MIGRATED: Final = "A81004"

# Since when digital services have been offered; every practice here offers these.
_SERVICES: Final = {
    "online-record-access": date(2023, 11, 1),
    "online-consultation": date(2022, 4, 4),
    "e-prescriptions": date(2018, 6, 4),
    "messaging": date(2020, 4, 6),
    "online-booking": date(2019, 9, 2),
}


def beginning(today: date) -> date:
    """The first day of the demo world: five years before the day it is made for."""
    return add_months(today, -60)


def build_places(by: Viewer, today: date) -> dict[str, OrganisationId]:
    """Adds every place with what it belongs to, the systems in use and the services offered."""
    start = beginning(today)
    moment = at(start, 8)
    new = [
        NewOrganisation(LOCATION, "Vale and Riverside sub-ICB location", Kind.SUB_ICB),
        NewOrganisation(HUB, "Vale Training Hub", Kind.HUB),
        *(
            NewOrganisation(one.code, one.name, Kind.PCN if one.code == NETWORK else Kind.PRACTICE)
            for one in DEMOS[::-1]
        ),
    ]
    places = {one.code: add_organisation(by=by, at=moment, new=one) for one in new}
    for child in (LOCATION, HUB):
        for board, period in ((BOARD_BEFORE, Period(None, SUCCESSION)), (BOARD, Period(SUCCESSION))):
            parent = OrganisationId(organisation_by_code(EVERYWHERE, board).pk)
            add_parent(by=by, at=moment, organisation=places[child], parent=parent, period=period)
    network = Period(date(2019, 7, 1))
    above = [(NETWORK, LOCATION), (NETWORK, HUB), *((one.code, NETWORK) for one in PRACTICES)]
    for code, parent_code in above:
        add_parent(by=by, at=moment, organisation=places[code], parent=places[parent_code], period=network)
    for practice in PRACTICES:
        for system in practice.systems:
            period = Period(date(2014, 4, 7))
            start_system(by=by, at=moment, organisation=places[practice.code], system=system, period=period)
        for service, since in _SERVICES.items():
            period = Period(since)
            start_service(by=by, at=moment, organisation=places[practice.code], service=service, period=period)
    _migrate(by, places[MIGRATED], today)
    return places


def _migrate(by: Viewer, practice: OrganisationId, today: date) -> None:
    """One practice leaves Vision for EMIS Web, fourteen months before the day the world is made for."""
    first = add_months(today, -14).replace(day=3)
    told = at(first - timedelta(days=70), 11)
    stop_system(by=by, at=told, organisation=practice, system="vision", ends_on=first)
    start_system(by=by, at=told, organisation=practice, system="emis-web", period=Period(first))
