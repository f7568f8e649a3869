"""A manager says once what a name is and asks the hub about another; the network lets one thing count as another."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.cast import ALDER
from tests.journeys.visitor import Visit
from tests.journeys.world import World

FILE = (
    "email,subject,completed on\n"
    "tomasz.nowak@example.nhs.uk,Lone working evening,{on:%d/%m/%Y}\n"
    "helen.marsh@example.nhs.uk,Circle dance,{on:%d/%m/%Y}\n"
)


def test_what_counts_as_what(world: World, visit: Visit) -> None:
    done_on = world.today - timedelta(days=20)
    file = FILE.format(on=done_on).encode()
    ruth = visit(world.cast.ruth)

    # The file brings two names nobody knows. One is likely, and nothing is taken by itself.
    ruth.opens(f"/practices/{ALDER}/records/import/").looks()
    ruth.attaches("Your file", "evening.csv", file).presses("Check file")
    ruth.looks().reads("2 names are not known here", "It may be Lone working")
    ruth.chooses("“Lone working evening”, 1 line", "Lone working (likely)")
    ruth.chooses("“Circle dance”, 1 line", "Ask the hub")
    ruth.presses("Remember these names").reads("2 names are remembered for the files to come.")
    ruth.looks().reads("1 record would be added", "“Circle dance” waits for the hub’s answer")
    ruth.presses("Add 1 record").reads("1 record added from evening.csv.")

    # The hub answers.
    gareth = visit(world.cast.gareth)
    gareth.opens("/equivalences/names/").looks().reads("“Circle dance”", "Alder Surgery").follows(
        "Answer what “Circle dance” is, at Alder Surgery"
    )
    gareth.looks().chooses("What is it?", "Nothing we keep records of: leave it out").presses("Answer")
    gareth.reads("No practice is asking.")

    # The network lets lone working count as conflict resolution, and sees how many it changes first.
    nadia = visit(world.cast.nadia)
    nadia.opens("/equivalences/").looks().follows("Let one thing count as another").looks()
    nadia.chooses("A record of", "Lone working").chooses("also counts as", "Conflict resolution")
    nadia.writes("Who approved it?", "Clinical lead").writes("Why does it count?", "The same evening")
    nadia.presses("Check whom it changes").looks().reads("Alder Surgery", "Figures only")
    nadia.presses("Let it count").reads("It counts from now on.", "Clinical lead")

    # The manager reads it, sees what it did, and takes a name back.
    ruth.opens("/equivalences/?where=ours").looks().reads(
        "A record of Lone working also counts as Conflict resolution", "Riverside PCN"
    )
    ruth.opens(f"/practices/{ALDER}/records/import/names/").looks().reads("Lone working evening", "Left out")
    ruth.page.get_by_role("button", name="Take back Circle dance").click()
    ruth.looks().reads("“Circle dance” is taken back.")


def test_training_that_could_be_spared(world: World, visit: Visit) -> None:
    for days in (150, 50):
        world.work.did(world.cast.tomasz, "fire-safety", world.today - timedelta(days=days))
    ruth = visit(world.cast.ruth)

    ruth.opens(f"/practices/{ALDER}/").reads("Training that could be spared").follows(
        "See which training could be spared"
    )
    ruth.looks().reads("Tomasz Nowak: Fire safety", "Done again long before it ran out")
    ruth.page.get_by_role("link", name=re.compile("^Why.*Tomasz Nowak: Fire safety")).first.click()
    ruth.looks().reads("Past and future", "Tomasz Nowak")
