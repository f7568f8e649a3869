"""A manager tells people of a change; all who are here read it, two who are on leave see it on return."""

from __future__ import annotations

from datetime import timedelta

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World

_TITLE = "Letters wait in a new place"
_QUESTION = "Where are the letters of last week?"


def test_a_rollout_reaches_everybody_here_with_two_on_leave(world: World, visit: Visit) -> None:
    cast, today = world.cast, world.today
    for away in (cast.helen, cast.aisha):
        eased = Eased(today - timedelta(days=3), "Other leave", "Partners", today + timedelta(days=20))
        record_leave(by=BUILDER, at=world.work.now, engagement=away.engagement, eased=eased)
    ruth, tomasz = visit(cast.ruth), visit(cast.tomasz, width=PHONE, scripts=False)

    # The manager writes the notice, sees whom it touches, and publishes it.
    ruth.opens("/").follows("Rollouts").follows("Write a change notice").presses("Save and go on")
    ruth.reads("There is a problem", "Say what changes", "Choose the system", "Say what is different")
    ruth.writes("What changes?", _TITLE).chooses("In which system?", "EMIS Web")
    ruth.dates("When does it go live?", today + timedelta(days=5))
    ruth.writes("What is different, in 60 seconds?", "New letters wait under Tasks\nNothing else changes")
    ruth.presses("Save and go on").picks("Who is touched by it?", "People with any of these")
    ruth.unfolds("People, by name")
    for one in (cast.tomasz, cast.helen, cast.aisha):
        ruth.page.get_by_role("checkbox", name=one.name).check()
    ruth.presses("Save").reads("3 people").looks()
    ruth.presses("Publish the notice").reads("0 of 3").looks()

    # The receptionist reads it on a phone, asks something, and is done.
    tomasz.opens("/my/training/").reads("1 change to read").follows("Changes to read").follows(_TITLE).reads(
        "New letters wait under Tasks"
    )
    tomasz.writes("What do you want to know?", _QUESTION).presses("Ask").reads(_QUESTION).looks()
    tomasz.presses("I have read this").reads("You have done everything this asks of you.")

    # One answer is for all. Everybody here is ready; who is away is named, and is not chased.
    ruth.opens("/practices/A81001/rollouts/").follows(_TITLE).reads(
        "1 of 3", "Everyone who is here is ready: 1 of 1, 100%. 2 away see it", "Away"
    )
    ruth.reads(f"{cast.helen.name} sees this on the first day back.").misses("Remind the")
    ruth.follows(f"Answer once for all: {_QUESTION}").writes("Your answer", "Under Documents, as before.")
    ruth.presses("Answer for all")
    tomasz.opens("/my/changes/").follows(_TITLE).reads("Under Documents, as before.")
