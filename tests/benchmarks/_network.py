"""The demo's network tried on, once Django is set up. See `dry_run` beside this file."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo import world
from demo.places import HUB, NETWORK, PRACTICES
from preceptor.compliance.packs.queries import forecasts, offerable
from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.compliance.rulemaking.actions import save_draft, start_draft
from preceptor.compliance.rulemaking.domain.questions import ASKED
from preceptor.compliance.rulemaking.queries import draft_of
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import london_date
from preceptor.register.accounts.models import User
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from tests.benchmarks._served import database
from tests.cast import BUILDER

BUDGET = 1.0
RUNS = 30


def measure() -> int:
    """Measures the page and the forecast of a hub's pack, and fails when one takes longer than its budget."""
    now = datetime.now(UTC)
    with database():
        world.build(london_date(now))
        client = Client()
        client.force_login(User.objects.get(email="nadia.hussain@riverside.example"))
        address = _drafted(now)
        page = client.get(address)
        assert page.status_code == 200
        assert all(one.name in page.content.decode() for one in PRACTICES)
        hub = organisation_by_code(EVERYWHERE, HUB).pk
        items = {one.item.key: one.item for one in offerable(EVERYWHERE, hub, now) if one.packed}
        assert forecasts(EVERYWHERE, hub, items, london_date(now))
        return max(
            _timed("dry run of a network", lambda: client.get(address)),
            _timed("dry run of a hub's pack", lambda: forecasts(EVERYWHERE, hub, items, london_date(now))),
        )


def _timed(name: str, do: Callable[[], object]) -> int:
    """Times something, prints a line, and gives 1 when it takes longer than its budget."""
    reset_queries()  # what is kept of them has an end, and making the demo reached it
    with CaptureQueriesContext(connection) as asked:
        do()
    taken = []
    gc.collect()
    for _ in range(RUNS):
        started = perf_counter()
        do()
        taken.append(perf_counter() - started)
    slow = quantiles(taken, n=20)[18]
    print(f"{name}: median {median(taken):.2f} s, 95th percentile {slow:.2f} s of {BUDGET:.0f}, {len(asked)} queries")
    return int(slow > BUDGET)


def _drafted(now: datetime) -> str:
    """The address of the dry run of a draft of the network's: fire safety for everyone, every year."""
    network = OrganisationId(organisation_by_code(EVERYWHERE, NETWORK).pk)
    fire = requirement_by_key(EVERYWHERE, network, "fire-safety")
    draft = start_draft(by=BUILDER, at=now, organisation=network, requirement=fire.id)
    answers = replace(
        draft_of(EVERYWHERE, network, draft).answers,
        audience=Everyone(),
        met_by=Achieved("fire-safety", 12, early_days=60),
        decision=Decision(Force.LOCAL, "Our buildings are old.", "Network board", london_date(now), minutes=30),
        starts_on=london_date(now) + timedelta(days=40),
        transition=AtRenewal(),
        answered=frozenset(ASKED),
    )
    save_draft(by=BUILDER, at=now, draft=draft, revision=1, answers=answers)
    return f"/practices/{NETWORK}/rules/{draft}/dry-run/"
