"""With JavaScript turned off everything still works: signing in, the matrix, why, adding a record, accepting it."""

from __future__ import annotations

from datetime import timedelta

from preceptor.register.accounts.actions import set_password
from preceptor.register.accounts.domain import Secret
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import PHOTO, World

PASSWORD = "riverside in the rain"


def test_a_day_without_scripts(world: World, visit: Visit) -> None:
    cast, done_on = world.cast, world.today - timedelta(days=3)
    for member in (cast.ruth, cast.tomasz):
        set_password(by=BUILDER, at=world.work.now, person=member.person, password=Secret(PASSWORD))
    tomasz, ruth = visit(width=PHONE, scripts=False), visit(scripts=False)

    # The receptionist signs in, and sends a certificate after a mistake.
    tomasz.opens("/").signs_in(cast.tomasz.email, PASSWORD)
    tomasz.follows("Add a record of Infection prevention and control, level 1")
    tomasz.picks("Does the certificate show a last valid day?", "No").attaches("Certificate", "photo.png", PHOTO)
    tomasz.presses("Send for acceptance").reads(
        "There is a problem", "Enter the date it was finished", "photo.png is attached"
    )
    tomasz.dates("When did you finish it?", done_on).presses("Send for acceptance")
    tomasz.reads("Something you sent for this is waiting to be accepted.")

    # The manager finds the cell, reads why, and accepts what was sent.
    ruth.opens("/").signs_in(cast.ruth.email, PASSWORD).follows("Training")
    ruth.chooses("Role", "Receptionist").presses("Show").reads("1 of 6 people")
    assert ruth.cell("Tomasz Nowak", "Infection control") == "Overdue"
    ruth.opens_cell("Tomasz Nowak", "Infection control").reads("Overdue since", "Records considered")
    ruth.follows("Waiting").follows("Review Tomasz Nowak, Infection prevention and control, level 1: everyone")
    ruth.presses("Accept record").reads(
        "Accepted for Tomasz Nowak: Infection prevention and control, level 1: everyone."
    )
    assert ruth.follows("Training").cell("Tomasz Nowak", "Infection control") == "Valid"

    # She writes down something herself.
    ruth.opens_cell("Tomasz Nowak", "Conflict resolution").follows("Add a record")
    ruth.dates("When was it finished?", done_on).picks("How do you know?", "Certificate seen")
    ruth.picks("Does the certificate show a last valid day?", "No").presses("Add record").reads("Valid until")
    ruth.presses("Sign out")
    assert ruth.heading == "Sign in"
