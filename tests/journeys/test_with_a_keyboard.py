"""With a keyboard alone: into the page, through the matrix, and to what is wrong in a form."""

from __future__ import annotations

from tests.cast import ALDER
from tests.journeys.visitor import NARROW, Visit
from tests.journeys.world import World

_SCROLLED = "() => document.activeElement.scrollLeft > 0"


def test_the_skip_link_is_first_and_leads_past_the_menu(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth).opens(f"/practices/{ALDER}/people/")

    ruth.page.keyboard.press("Tab")
    assert ruth.focused == "Skip to main content"
    assert ruth.focus_shows
    ruth.page.keyboard.press("Enter")
    assert ruth.page.url.endswith("#main")
    ruth.page.keyboard.press("Tab")
    assert ruth.focused == "Add a person"


def test_signing_out_is_a_few_steps_from_the_top_on_a_phone_too(world: World, visit: Visit) -> None:
    tomasz = visit(world.cast.tomasz, width=NARROW).opens("/my/training/")

    steps = 0
    while tomasz.focused != "Sign out":
        tomasz.page.keyboard.press("Tab")
        steps += 1
        assert steps < 7
    assert tomasz.focus_shows
    tomasz.page.keyboard.press("Enter")
    tomasz.page.wait_for_url("**/sign-in/")
    assert tomasz.looks().heading == "Sign in"


def test_the_matrix_is_scrolled_and_its_cells_are_reached(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth, width=900).opens(f"/practices/{ALDER}/training/")
    region = ruth.page.get_by_role("region", name="As of today")

    region.focus()
    assert ruth.focus_shows
    for _ in range(5):
        ruth.page.keyboard.press("ArrowRight")
    # Scrolling is smooth, so it takes a moment; the page's policy lets no text be run, so it is asked from outside.
    for _ in range(50):
        if ruth.page.evaluate(_SCROLLED):
            break
        ruth.page.wait_for_timeout(100)
    assert ruth.page.evaluate(_SCROLLED)
    ruth.page.keyboard.press("Tab")
    assert ruth.focused == "Induction"
    cell = region.get_by_role("row", name="Tomasz Nowak").get_by_role("cell").last.get_by_role("link")
    cell.focus()
    assert ruth.focus_shows
    name, box = ruth.page.locator("th.pr-matrix__person", has_text="Tomasz Nowak").bounding_box(), cell.bounding_box()
    assert name
    assert box
    assert box["x"] >= name["x"] + name["width"]


def test_every_stop_on_the_way_through_a_page_shows_where_it_is(world: World, visit: Visit) -> None:
    for path in (f"/practices/{ALDER}/", f"/practices/{ALDER}/training/", f"/records/{world.waiting}/review/"):
        ruth = visit(world.cast.ruth).opens(path)
        seen = 0
        for _ in range(60):
            ruth.page.keyboard.press("Tab")
            if ruth.page.evaluate("document.activeElement === document.body"):
                break
            assert ruth.focus_shows, f"{path}: {ruth.focused!r} does not show that it has the focus"
            seen += 1
        assert seen > 10


def test_an_error_summary_has_the_focus_and_leads_to_the_question(world: World, visit: Visit) -> None:
    ruth = visit(world.cast.ruth, width=NARROW).opens(f"/practices/{ALDER}/people/add/").presses("Add person")

    assert ruth.focused.startswith("There is a problem Enter a first name")
    ruth.page.keyboard.press("Tab")
    assert ruth.focused == "Enter a first name"
    ruth.page.keyboard.press("Enter")
    ruth.page.keyboard.type("Zoe")
    assert ruth.box("First name").input_value() == "Zoe"
