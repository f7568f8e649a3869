"""A receptionist's first day on a phone: read, shown by a buddy, ticked off by the manager; a locum reads by a link."""

from __future__ import annotations

from preceptor.training.inductions.actions import load_inductions
from tests.cast import BUILDER
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World
from tests.rooms.inducted import national, write_different

_ROOM = "Room, panic button, fire exits"
_SECURE = "Data protection and cyber security here"


def test_a_first_day_goes_by_without_paper(world: World, visit: Visit) -> None:
    cast, now = world.cast, world.work.now
    load_inductions(by=BUILDER, at=now, national=national())
    write_different(cast.alder, now)
    ruth = visit(cast.ruth)
    tomasz, aisha = (visit(one, width=PHONE, scripts=False) for one in (cast.tomasz, cast.aisha))

    # The manager begins it, after a mistake, and says who helps.
    ruth.opens("/").follows("Induction").reads("Nobody is in induction.")
    ruth.follows("Begin an induction for somebody else").follows("Tomasz Nowak").writes("Year", "").presses("Begin")
    ruth.reads("There is a problem", "The first day must include a year")
    ruth.picks("Which programme?", "Receptionist and administrator, national version 2")
    ruth.dates("First day", world.today).chooses("Who is their buddy?", "Aisha Rahman, Practice nurse")
    ruth.presses("Begin").reads("Tomasz Nowak is in induction.", "first day today", "With Aisha Rahman")

    # On his phone, without scripts, the receptionist reads, accepts, and sees what others will show him.
    tomasz.opens("/my/training/").follows("Your induction at Alder Surgery")
    tomasz.reads("Before your first log-in", "Redact before you file.").follows("Carry on: 3 things")
    tomasz.presses("I have read this and accept it").reads("Done: Confidentiality statement, version 1", "1 of ")
    tomasz.follows("Where policies and pathways are").presses("I have done this").reads("2 of ")

    # His buddy has her own tasks and no others.
    aisha.opens("/my/training/").follows("See your tasks").reads("Tomasz Nowak", _ROOM).misses(_SECURE)
    aisha.follows(_ROOM).presses("I showed this").reads(f"{_ROOM}: ticked off for Tomasz Nowak.")

    # The manager ticks off the rest of the morning; what is left keeps her from signing.
    ruth.opens("/").reads("In induction (1)").follows("Board of inductions").follows("Tomasz Nowak")
    ruth.reads("Shown by Aisha Rahman", "left before it can be signed off")
    ruth.follows(f"Tick off: {_SECURE}").presses("Keep this").reads(f"{_SECURE}: ticked off.", "Shown by Ruth Okafor")

    # A link opens what is needed without an account, and names nobody.
    ruth.presses("Make a link").reads("This link is shown this once.")
    link = ruth.page.get_by_label("Link", exact=True).input_value()
    ruth.page.get_by_role("button", name="Copy the link").wait_for()
    ruth.opens(ruth.page.url).reads("Who helps, when and where")  # loaded again it makes no other
    locum = visit(width=PHONE, scripts=False)
    locum.opens(link.partition("//")[2].partition("/")[2].join(("/", ""))).reads("Your first session at Alder Surgery")
    locum.misses("Tomasz", "Aisha").follows("Three things we do differently here, version 1")
    locum.presses("I have read this and accept it").reads("Done: Three things we do differently here, version 1")
