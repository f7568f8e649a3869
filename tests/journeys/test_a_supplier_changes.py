"""A manager changes what a service runs on: a notice begins as a draft, and the page says what lacks."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World
from tests.rooms.skilled import follow_at

_DIFFERENT = "Requests come into one list, the urgent ones on top"


def test_a_new_supplier_begins_a_rollout_and_the_desk_sees_what_comes(world: World, visit: Visit) -> None:
    today = world.today
    follow_at(world.cast.alder, world.work.now)
    ruth, tomasz = visit(world.cast.ruth), visit(world.cast.tomasz, width=PHONE, scripts=False)

    # Nobody has said yet what it runs on: that comes first, and tells nobody of a change.
    ruth.opens("/practices/A81001/").follows("Digital").follows("Online consultation").reads("Nobody has said yet")
    ruth.follows("Say what it runs on").picks("On which contract?", "Our own contract")
    ruth.writes("If another product, which?", "Riverbank Consult").dates("From which day?", today - timedelta(days=99))
    ruth.writes("Who decided this?", "Partners").presses("Save").reads("Riverbank Consult, since")

    # The supplier changes in three weeks. What is missing is said first.
    ruth.follows("Change the supplier").presses("Change the supplier").reads("Say what is different for colleagues")
    ruth.chooses("Which system does it run on?", "EMIS Web").picks(
        "On which contract?", "National contract or framework"
    )
    ruth.dates("From which day?", today + timedelta(days=21)).writes("Who decided this?", "Partners")
    ruth.writes("What is different for colleagues?", _DIFFERENT).presses("Change the supplier")
    ruth.reads("The change of supplier is noted.", "Online consultation moves to EMIS Web", _DIFFERENT)

    # The page says who is able and what to do about it; the desk reads what comes, and nobody’s name.
    ruth.opens("/practices/A81001/services/online-consultation/").reads(
        "EMIS Web from", "0 of ", "are", "Whoever is in date"
    ).looks()
    tomasz.opens("/practices/A81001/services/online-consultation/").reads("EMIS Web from", _DIFFERENT)
    tomasz.misses(world.cast.aisha.name).looks()
