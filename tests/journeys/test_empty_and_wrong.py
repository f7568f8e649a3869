"""What pages show when there is nothing yet, and what forms say when nothing was filled in."""

from __future__ import annotations

from tests.cast import ALDER
from tests.journeys.visitor import Visit
from tests.journeys.world import EMPTY, World


def test_a_new_practice_says_what_to_do_on_every_page(world: World, visit: Visit) -> None:
    priya = visit(world.cast.priya)

    for path, words in {
        "": ("Nobody is here yet", "No training is required here yet"),
        "training/": ("Nobody is engaged here on this day.",),
        "people/": ("Dovecote Surgery has no people yet",),
        "requirements/": ("Nothing is required here yet",),
        "waiting/": ("No records are waiting for you.",),
        "adjustments/": ("Nobody is on leave or excused, and nothing is extended.",),
    }.items():
        priya.opens(f"/practices/{EMPTY}/{path}").reads(*words).looks_at_320()


def test_a_practice_with_people_and_no_requirements_says_so(world: World, visit: Visit) -> None:
    owen = visit(world.cast.owen).opens("/").reads("No training is required here yet")

    owen.follows("Training").reads("Nothing is required here on this day.").looks_at_320()
    owen.follows("Mine").reads("No training is asked of you yet.")
    owen.follows("My records").reads("There are no records yet.")


def test_a_day_before_anything_was_required_says_so(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth).opens(f"/practices/{ALDER}/training/?on_day=1&on_month=6&on_year=2024")

    ruth.reads("As of 1 June 2024 – not today.", "Nothing is required here on this day.")


FORMS = {
    "/practices/{ALDER}/people/add/": ("Add person", "Enter a first name"),
    "/practices/{ALDER}/people/import/": ("Check file", "Choose a staff list"),
    "/practices/{ALDER}/records/import/": ("Check file", "Choose a file"),
    "/practices/{ALDER}/requirements/adopt/": ("Continue", "Enter the first day"),
    "/practices/{ALDER}/requirements/fire-safety/stop/": ("Stop requiring it", "Enter the last day"),
    "/practices/{ALDER}/adjustments/extend/": ("Extend requirements", "Enter"),
    "/people/{person}/edit/": ("Save details", "Enter a first name"),
    "/people/{person}/records/add/": ("Add record", "Choose what it was"),
    "/people/{person}/access/give/": ("Give access", "Choose"),
    "/people/{person}/states/add/": ("Save", "Choose one from the list"),
    "/people/{person}/engagements/{engagement}/leave/": ("Save last day", "Enter the last day"),
    "/people/{person}/engagements/{engagement}/change-role/": ("Change role", "Choose a new role"),
    "/people/{person}/engagements/{engagement}/remove/": ("Remove role", "Say why it was entered in error"),
    "/people/{person}/engagements/{engagement}/tasks/give/": ("Give task", "Choose one from the list"),
    "/engagements/{engagement}/leave/": ("Record leave", "Choose"),
    "/engagements/{engagement}/exemption/": ("Excuse Aisha Rahman", "Choose"),
    "/records/{record}/withdraw/": ("Withdraw record", "Say why you are withdrawing it"),
    "/organisations/{ALDER}/rename/": ("Save name", "Enter"),
    "/organisations/{ALDER}/systems/add/": ("Add system", "Choose"),
    "/my/account/password/": ("Change password", "Enter your current password"),
    "/my/records/add/": ("Send for acceptance", "Choose what it was"),
}


def test_every_form_says_what_is_missing(world: World, visit: Visit) -> None:
    aisha, ruth = world.cast.aisha, visit(world.cast.ruth)
    ids = {"ALDER": ALDER, "person": aisha.person, "engagement": aisha.engagement, "record": world.accepted}

    for path, (button, words) in FORMS.items():
        ruth.opens(path.format(**ids))
        for box in ruth.page.locator("main").get_by_role("textbox").filter(visible=True).all():
            box.fill("")
        ruth.presses(button).reads("There is a problem", words).looks_at_320()
        assert ruth.page.title().startswith("Error: "), path
        assert ruth.focused.startswith("There is a problem"), path
