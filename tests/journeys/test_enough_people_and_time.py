"""A manager sees a gap before it happens, and a receptionist says when they trained."""

from __future__ import annotations

from datetime import timedelta

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.training.cover.domain.rota import WEEK, monday_of
from preceptor.ui.words import day
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World
from tests.rooms.covered import on_all_week
from tests.rooms.timed import time_offered


def test_a_gap_is_seen_before_it_happens_and_time_is_said(world: World, visit: Visit) -> None:
    cast, now = world.cast, world.work.now
    on_all_week(BUILDER, now, cast.alder, cast.aisha, cast.tomasz)
    trained = world.today - timedelta(days=5)
    time_offered(BUILDER, now, cast.alder, trained)
    world.work.did(cast.tomasz, "fire-safety", trained)
    ruth, tomasz = visit(cast.ruth), visit(cast.tomasz, width=PHONE, scripts=False)

    # Something is critical, and only one person has it.
    ruth.opens("/").follows("Cover").reads("Nothing is counted as critical yet")
    ruth.follows("Choose what is critical").presses("Count it as critical").reads("There is a problem")
    ruth.writes("What must somebody here be able to do?", "Chaperone").chooses(
        "Which task must they hold?", "Chaperone"
    )
    ruth.picks("In which sessions must somebody have it?", "Morning").writes("Why?", "Patients may ask for one")
    ruth.presses("Count it as critical").reads("Only Tomasz Nowak", "Every session until")

    # He is away in three weeks: the gap stands on the home page, and says who was on and why they do not count.
    monday = monday_of(world.today) + 3 * WEEK
    away = Eased(monday, "Other leave", "Practice manager", monday + WEEK)
    record_leave(by=BUILDER, at=now, engagement=cast.tomasz.engagement, eased=away)
    ruth.opens("/").reads("Gaps in cover (5)", f"Monday {day(monday)}, morning, and 4 more sessions")
    ruth.follows("Chaperone: nobody able")
    ruth.reads("Gap: 0 able, 1 needed", "Tomasz Nowak: on leave", "Aisha Rahman: does not hold the task Chaperone")

    # On a phone he says that he trained in protected time, and the practice gave it.
    tomasz.opens("/").follows("Your time for training").follows(f"Say when Fire safety, {day(trained)}")
    tomasz.presses("Keep this").reads("There is a problem", "Choose when it was done")
    tomasz.picks("When was this done?", "In protected time")
    tomasz.chooses("Which protected time?", f"{trained:%A} {day(trained)}, 1:30pm to 4:30pm").presses("Keep this")
    tomasz.reads("in protected time")
    ruth.opens("/").follows("Cover").follows("Protected time").reads("of the", "hours our own rules demand")
