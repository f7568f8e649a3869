"""The toolkit is due: a manager measures, reads what each role needs and endorses it; a lead reads it without names."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

from pypdf import PdfReader

from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import add_person, give_task
from preceptor.register.people.domain import PersonDetails, Terms
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World


def test_a_training_needs_analysis_is_endorsed_and_stays(world: World, visit: Visit) -> None:
    cast, today = world.cast, world.today
    since = Period(today - timedelta(days=400))
    give_task(by=BUILDER, at=world.work.now, engagement=cast.helen.engagement, task="caldicott-guardian", period=since)
    ruth, nadia = visit(cast.ruth, width=PHONE, scripts=False), visit(cast.nadia)

    # The manager comes from the toolkit's item, and measures on the day they will publish.
    ruth.opens("/").follows("Training needs analysis")
    ruth.reads("Not endorsed.", "3 of 6 people, 50%", "95% is needed. 3 more people to train.")
    ruth.misses("Names, addresses, telephone numbers").follows("Open everything", within="What each role needs")
    ruth.reads("Caldicott Guardian", "Dr Helen Marsh", "EMIS Web", "Names, addresses, telephone numbers")
    ruth.dates("Day of publication", today - timedelta(days=200)).presses("Measure on this day")
    ruth.reads("2 of 6 people, 33%")
    ruth.dates("Day of publication", today).presses("Measure on this day").reads("3 of 6 people, 50%")

    # They freeze and endorse it, after a mistake.
    ruth.follows("Freeze and endorse").presses("Freeze and endorse").reads("There is a problem", "Say who endorses it")
    ruth.writes("Who endorses it?", "Dr Helen Marsh, Caldicott Guardian, for the partners")
    ruth.writes("How do you judge whether the training works?", "Phishing tests every quarter.")
    ruth.presses("Freeze and endorse").reads("Version 1 is frozen and endorsed.", "Phishing tests every quarter.")
    ruth.reads("Nothing: everything is as it was endorsed.", "its digest is still the one it was given")
    digest = ruth.page.locator(".pr-digest").inner_text()
    assert hashlib.sha256(ruth.downloads("Download the text")).hexdigest() == digest
    pdf = ruth.downloads("Download as PDF")
    assert digest in "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())

    # Someone starts. The version stays, and says what differs.
    add_person(
        by=BUILDER,
        at=world.work.now,
        organisation=cast.alder,
        details=PersonDetails("Rosa", "Marlow"),
        terms=Terms("health-care-assistant", "dpc", "employed", today - timedelta(days=3)),
        tasks=(),
    )
    ruth.opens("/").follows("Training needs").follows("Version 1")
    ruth.reads("Health care assistant is a new role here: 1 person.", "3 of 6 people, 50%")
    assert ruth.downloads("Download as PDF") == pdf

    # The network's lead reads it: people are counted, and nobody is named.
    nadia.opens("/").follows("Practices").follows("Training needs of Alder Surgery")
    nadia.reads("3 of 7 people, 42%", "people are counted and not named").follows("Version 1")
    nadia.reads("kept as it was endorsed").reads("1 person", within="Caldicott Guardian").misses("Freeze and endorse")
    assert b"%PDF" in nadia.downloads("Download as PDF")
