"""A receptionist sends a certificate from a phone; the manager refuses it with a reason, then accepts a better one."""

from __future__ import annotations

from datetime import timedelta

from preceptor.foundation.dates import add_months
from preceptor.register.accounts.actions import set_password
from preceptor.register.accounts.domain import Secret
from preceptor.ui.words import day
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World

PASSWORD = "riverside in the rain"
ANSWER = "Does the certificate show a last valid day?"


def test_a_certificate_is_refused_with_a_reason_and_then_accepted(world: World, visit: Visit) -> None:
    cast, done_on = world.cast, world.today - timedelta(days=2)
    set_password(by=BUILDER, at=world.work.now, person=cast.tomasz.person, password=Secret(PASSWORD))
    tomasz, ruth = visit(width=PHONE), visit(cast.ruth)
    review = f"Review Tomasz Nowak, Health, safety and welfare, {day(done_on)}"

    # On the phone: sign in, see what is asked, send a photo of the certificate.
    tomasz.opens("/").signs_in(cast.tomasz.email, PASSWORD)
    assert tomasz.heading == "My training"
    tomasz.reads("Health, safety and welfare", "Overdue since", within="Health, safety and welfare")
    tomasz.follows("Add a record of Health, safety and welfare")
    blurred, sharp = (tomasz.page.screenshot(type="jpeg", quality=quality) for quality in (5, 80))
    tomasz.dates("When did you finish it?", done_on).picks(ANSWER, "No").attaches("Certificate", "IMG_1.jpg", blurred)
    tomasz.presses("Send for acceptance").reads("Something you sent for this is waiting to be accepted.")
    tomasz.follows("See what you sent").reads("Health, safety and welfare", within="Waiting to be accepted (1)")
    tomasz.follows("Health, safety and welfare").reads("Waiting to be accepted")
    assert tomasz.picture("IMG_1.jpg") == (PHONE, 900)

    # The manager sees it waiting, and cannot read it.
    ruth.opens("/").reads("IMG_1.jpg, sent", within="Waiting for you to accept (2)")
    ruth.follows(review)
    ruth.reads("When accepted", f"Valid until {day(add_months(done_on, 36))}")
    assert ruth.picture("IMG_1.jpg") == (PHONE, 900)
    ruth.unfolds("Do not accept it").presses("Do not accept record").reads("Say why you do not accept it")
    assert ruth.focused == "There is a problem Say why you do not accept it"
    ruth.writes("Why do you not accept it?", "The photo is too blurred to read").presses("Do not accept record")
    ruth.reads("Not accepted. Tomasz Nowak can read why.")

    # The receptionist reads why, and sends it again.
    tomasz.follows("My records").reads("Not accepted", "Reason: The photo is too blurred to read")
    tomasz.follows("My training").reads("Overdue since", within="Health, safety and welfare")
    tomasz.follows("Add a record of Health, safety and welfare").dates("When did you finish it?", done_on)
    tomasz.picks(ANSWER, "No").attaches("Certificate", "IMG_2.jpg", sharp).presses("Send for acceptance")

    # Accepted, it is valid for both.
    ruth.opens("/").follows(review).presses("Accept record")
    ruth.reads("Accepted for Tomasz Nowak: Health, safety and welfare.")
    assert ruth.follows("Training").cell("Tomasz Nowak", "Health and safety") == "Valid"
    tomasz.follows("My training").reads("Valid until", within="In date").misses("Add a record of Health, safety")


def test_a_certificate_that_is_none_is_refused_and_the_answers_stay(world: World, visit: Visit) -> None:
    tomasz = visit(world.cast.tomasz, width=PHONE).opens("/my/records/add/")
    tomasz.chooses("What was it?", "Fire safety").writes("Day", "31").writes("Month", "2").writes("Year", "2026")
    tomasz.attaches("Certificate", "certificate.docx", b"PK\x03\x04 a document").presses("Send for acceptance")

    tomasz.reads("There is a problem", "Date finished must be a real date", "“certificate.docx” is not")
    assert tomasz.page.title().startswith("Error: Add something you have done")
    assert tomasz.focused.startswith("There is a problem Date finished must be a real date")
    assert [tomasz.box(part).input_value() for part in ("Day", "Month", "Year")] == ["31", "2", "2026"]
    tomasz.follows("Date finished must be a real date")
    assert tomasz.box("Day").evaluate("box => box === document.activeElement")
