"""A manager who has never done it asks for fire safety every year instead of two, and sees exactly who changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.foundation.access import EVERYWHERE
from preceptor.register.accounts.actions import set_password
from preceptor.register.accounts.domain import Secret
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, WIDE, Visit
from tests.journeys.world import World

PASSWORD = "riverside in the rain"


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (PHONE, True), (WIDE, False)])
def test_fire_safety_every_year_from_the_first_of_january(
    width: int, scripts: bool, world: World, visit: Visit
) -> None:
    cast, first = world.cast, date(world.today.year + 1, 1, 1)
    done_on = world.today - timedelta(days=500)
    world.work.did(cast.helen, "fire-safety", done_on)
    set_password(by=BUILDER, at=world.work.now, person=cast.ruth.person, password=Secret(PASSWORD))
    ruth = visit(width=width, scripts=scripts)

    # From the requirement to a draft: everything is answered but what is new.
    ruth.opens("/").signs_in(cast.ruth.email, PASSWORD).follows("Requirements").follows("Fire safety")
    ruth.presses("Draft a new version")
    assert ruth.heading.endswith("Check your answers")
    ruth.reads("To be answered", "Not changed")

    # Every year instead of two.
    ruth.follows("Change Again").reads("It is 24 now")
    ruth.writes("Months", "12").presses("Save and continue")
    ruth.reads("It counts for 12 months.", "Was: it counts for 24 months.")

    # From 1 January, at next renewal; it is for everyone already.
    ruth.follows("Answer How the change takes over")
    ruth.dates("From which day?", first).picks("How does it take over?", "At each person’s next renewal")
    ruth.presses("Save and continue").reads("Nobody becomes overdue on")

    # Who decided; a day that is no day is said at its question.
    ruth.follows("Answer What and why").writes("Who decided?", "Partners’ meeting")
    ruth.presses("Save and continue").reads("There is a problem", "Enter the day of the decision")
    ruth.dates("When was it decided?", world.today).presses("Save and continue")

    # Exactly who changes.
    ruth.follows("Continue to the dry run").reads(
        "Nothing has been published.", "At next renewal (your choice)", "Dr Helen Marsh"
    )
    ruth.follows("Back to your answers").follows("See what it means for one person")
    assert ruth.heading == "What does it mean for one person?"
    ruth.follows("Continue to your answers").follows("Continue to the dry run")
    before = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").versions
    ruth.presses(f"Publish version {len(before) + 1} from 1 January {first.year}")

    ruth.reads("is published.", f"Version {len(before) + 1}, to come")
    version = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").versions[-1]
    met_by = version.rule.met_by
    assert isinstance(met_by, Achieved)
    assert (met_by.months, version.rule.starts_on, version.rule.transition) == (12, first, AtRenewal())


def test_every_question_is_whole_at_every_width(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth)
    ruth.opens("/practices/A81001/requirements/fire-safety/").presses("Draft a new version")
    draft = ruth.page.url.removeprefix(ruth.site)

    for question in (
        *("what-and-why", "for-whom", "how-it-is-met", "first-time", "again", "early-and-late", "taking-over"),
        "one-person",
    ):
        ruth.opens(f"{draft}{question}/").looks_at_320()


def test_conditions_count_as_they_are_chosen_and_lists_grow_by_buttons(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth)
    ruth.opens("/practices/A81001/requirements/fire-safety/").presses("Draft a new version")

    # The count follows what is ticked, without the page being loaded again.
    ruth.follows("Change For whom").chooses("Add a condition about", "Role").presses("Add")
    ruth.picks("Which? Role", "Receptionist").reads("1 of 6 people at Alder Surgery today")
    ruth.presses("Save and continue").reads("Everyone who works as Receptionist.")

    # Two things instead of one.
    ruth.follows("Change How it is met").unfolds("Ask for more than this")
    ruth.page.get_by_label("Ask for more than this").select_option(label="All of a list")
    ruth.presses("Make it a list").looks_at_320()
    ruth.reads("Part 1")
