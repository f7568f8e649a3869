"""A working life: added, invited, at work in a new role and a second place, on leave, and gone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

from preceptor.ui.words import day
from tests.cast import ALDER, BIRCH
from tests.journeys.visitor import Visit, Visitor
from tests.journeys.world import World

PASSWORD = "lantern beside the canal"
EMAIL = "zoe.quinn@example.nhs.uk"


def test_a_working_life(world: World, visit: Visit) -> None:
    cast, today = world.cast, world.today
    ruth, lorna, zoe = visit(cast.ruth), visit(cast.lorna), visit()

    # Zoe starts as a receptionist, and is asked for things from her first day.
    ruth.opens(f"/practices/{ALDER}/people/").follows("Add a person")
    ruth.writes("First name", "Zoe").writes("Last name", "Quinn").writes("Email address", EMAIL)
    ruth.chooses("Role", "Receptionist").chooses("How are they engaged?", "Employed")
    ruth.dates("First day", today - timedelta(days=40)).presses("Add person")
    ruth.reads("Zoe Quinn is added. They can sign in once you give them access.")
    ruth.follows("Today").reads("Zoe Quinn", within="New starters")
    ruth.follows("Training")
    assert ruth.cell("Zoe Quinn", "Fire safety") == "Overdue"

    # She is invited: the letter has a link, which works once.
    ruth.follows("People").follows("Zoe Quinn").follows("Access").presses("Give an account")
    ruth.reads(f"A letter to {EMAIL} is on its way.")
    link = letter_to(EMAIL)
    zoe.opens(link).writes("New password", "too short").presses("Save password")
    zoe.reads("New password must be at least 12 characters").writes("New password", PASSWORD).presses("Save password")
    zoe.signs_in(EMAIL, PASSWORD).reads("Fire safety")
    assert zoe.heading == "My training"
    zoe.opens(link, status=410)

    # She becomes a health care assistant: what is asked follows the role from that day.
    ruth.follows("People").follows("Zoe Quinn").follows("Change role: Receptionist at Alder Surgery")
    ruth.chooses("New role", "Health care assistant").dates("First day in the new role", today - timedelta(days=10))
    ruth.presses("Change role").reads(f"Zoe Quinn’s role changes on {day(today - timedelta(days=10))}.")
    ruth.follows("Training").reads("Health care assistant", within="Zoe Quinn")

    # A second practice finds the same person by the address, with one record of training.
    lorna.opens(f"/practices/{BIRCH}/people/add/").writes("First name", "Zoe").writes("Last name", "Quinn")
    lorna.writes("Email address", EMAIL).chooses("Role", "Health care assistant")
    lorna.chooses("How are they engaged?", "Employed").dates("First day", today - timedelta(days=5))
    lorna.presses("Add person")
    zoe.opens("/my/account/").reads("Alder Surgery", "Birch Health Centre", within="Where you work")

    # Away on leave, everything is paused at Alder Surgery, and only there.
    ruth.follows("Training").follows("Zoe Quinn").follows("Record leave")
    ruth.chooses("What kind of leave?", "Sickness").dates("First day away", today - timedelta(days=1))
    ruth.dates("Last day away", today + timedelta(days=30)).writes("Who agreed it?", "Ruth Okafor, this morning")
    ruth.presses("Record leave").follows("Training")
    assert ruth.cell("Zoe Quinn", "Fire safety") == "Paused"
    assert lorna.follows("Training").cell("Zoe Quinn", "Fire safety") != "Paused"

    # The day after her last day both places are closed to her, and her own records are not.
    leave(ruth, "Alder Surgery", today - timedelta(days=1))
    zoe.opens(f"/practices/{ALDER}/requirements/", status=404)
    zoe.opens(f"/practices/{BIRCH}/requirements/")
    leave(lorna, "Birch Health Centre", today - timedelta(days=1))
    zoe.opens(f"/practices/{BIRCH}/requirements/", status=403)
    zoe.opens("/").reads("You have no current post, so nothing is asked of you today.")
    zoe.follows("See your records")
    assert zoe.heading == "My records"


def leave(manager: Visitor, place: str, last: date) -> None:
    """Writes down that Zoe has left."""
    manager.follows("People").follows("Zoe Quinn")
    manager.page.get_by_role("link", name="They are leaving").click()
    manager.looks().dates(f"Last day at {place}", last).presses("Save last day").reads("last day at", day(last))


def letter_to(address: str) -> str:
    """The link of the letter that went to an address."""
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in _mail()]
    (letter,) = (one for one in letters if one["To"] == address)
    return str(re.findall(r"http://\S+", letter.get_content())[0])


def _mail() -> list[Path]:
    return sorted(Path(str(settings.EMAIL_FILE_PATH)).glob("*.log"))
