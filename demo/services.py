"""Services to patients: what each runs on, Alder’s new supplier of online consultation, and its own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from preceptor.foundation.access import Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.services.actions import change_supplier, choose_roles, offer_service, write_text
from preceptor.training.services.domain.terms import Basis, Product

from .spans import ago, at, working_day

ALDER: Final = "A81001"
_CONSULTING, _MESSAGING, _BOOKING = "online-consultation", "messaging", "online-booking"
_RIVERBANK: Final = Product("", "Riverbank Consult", Basis.BOARD, "Runs until the end of next month")
_ACCURX: Final = Product("accurx", "", Basis.NATIONAL)
_TRIAL: Final = Product("accurx", "", Basis.TRIAL, "For six months")

_RUNS_ON: Final[Mapping[str, Mapping[str, Product]]] = {
    ALDER: {
        _CONSULTING: _RIVERBANK,
        _MESSAGING: _ACCURX,
        _BOOKING: Product("nhs-app", "", Basis.NATIONAL),
        "online-record-access": Product("nhs-app", "", Basis.NATIONAL),
    },
    "A81002": {_CONSULTING: _ACCURX, _MESSAGING: _ACCURX},
    "A81003": {_CONSULTING: _RIVERBANK},
    "A81004": {_CONSULTING: _ACCURX},
    "A81005": {_CONSULTING: _RIVERBANK},
    "A81006": {_CONSULTING: _TRIAL},
}


def offer(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Says what services run on, changes a supplier at Alder in three weeks, and writes its own words."""
    since, alder, ruth = working_day(ago("2y", today)), places[ALDER], by[ALDER]
    for code, products in _RUNS_ON.items():
        for service, product in products.items():
            offer_service(
                by=by[code],
                at=at(since, 10),
                organisation=places[code],
                service=service,
                product=product,
                starts_on=since,
                decided_by="Partners’ meeting",
            )
    choose_roles(
        by=ruth,
        at=at(working_day(ago("5m", today)), 10),
        organisation=alder,
        service=_BOOKING,
        roles=("receptionist", "reception-manager", "care-navigator", "medical-secretary"),
        reason="Sandra covers the desk over lunch, so secretaries must be able to as well.",
    )
    for words, when in (
        ("We answer until 4 in the afternoon on the same day.", "8m"),
        ("We answer what comes before 4 in the afternoon on the same day. Later ones wait until the next.", "2m"),
    ):
        write_text(
            by=ruth,
            at=at(working_day(ago(when, today)), 12),
            organisation=alder,
            service=_CONSULTING,
            words=words,
            links="https://alder.example/online Our page about writing to us",
        )
    change_supplier(
        by=ruth,
        at=at(working_day(ago("2w", today)), 16),
        organisation=alder,
        service=_CONSULTING,
        product=_ACCURX,
        starts_on=ago("+21d", today),
        decided_by="Partners’ meeting",
        different="Requests come into one list with the messages. Urgent ones stand on top, and say why.",
    )
