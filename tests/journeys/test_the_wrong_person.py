"""Whoever may not see something is told so in plain words, and shown nothing of it."""

from __future__ import annotations

from tests.cast import ALDER
from tests.journeys.visitor import Visit
from tests.journeys.world import World


def test_signed_out_every_door_leads_to_sign_in_and_back(world: World, visit: Visit) -> None:
    anybody = visit().opens(f"/practices/{ALDER}/training/")

    assert anybody.heading == "Sign in"
    anybody.signs_in("aisha.rahman@example.nhs.uk", "not her password")
    anybody.reads("There is a problem", "The email address or the password is not right")
    assert anybody.page.title().startswith("Error: Sign in")
    assert anybody.focused.startswith("There is a problem")
    assert anybody.page.get_by_role("navigation", name="Main").count() == 0


def test_a_nurse_is_refused_what_is_the_managers(world: World, visit: Visit) -> None:
    aisha = visit(world.cast.aisha)

    for path in ("", "training/", "training.csv", "people/", "people/import/", "waiting/", "requirements/adopt/"):
        aisha.opens(f"/practices/{ALDER}/{path}", status=403).misses("Tomasz", "Helen")
        assert aisha.heading == "You do not have access to this"
        aisha.reads("this needs a permission that your role does not have", "ask your practice manager")
    assert aisha.follows("Go to your home page").heading == "My training"


def test_an_outsider_finds_nothing_of_another_practice(world: World, visit: Visit) -> None:
    tomasz, owen = world.cast.tomasz, visit(world.cast.owen)

    for path in (
        *(f"/practices/{ALDER}/", f"/practices/{ALDER}/training/", f"/practices/{ALDER}/requirements/"),
        *(f"/people/{tomasz.person}/", f"/people/{tomasz.person}/records/", f"/records/{world.accepted}/"),
        f"/practices/{ALDER}/training/{tomasz.engagement}/fire-safety/",
    ):
        owen.opens(path, status=404).misses("Tomasz")
        assert owen.heading == "Page not found"
        owen.reads("the page may be for another practice")


def test_a_nurse_finds_nothing_of_a_colleague(world: World, visit: Visit) -> None:
    tomasz, aisha = world.cast.tomasz, visit(world.cast.aisha)

    for path in (
        f"/people/{tomasz.person}/records/",
        f"/people/{tomasz.person}/records/add/",
        f"/records/{world.accepted}/",
        f"/practices/{ALDER}/training/{tomasz.engagement}/fire-safety/",
    ):
        aisha.opens(path, status=404).misses("Tomasz")
