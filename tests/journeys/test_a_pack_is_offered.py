"""A hub offers fire safety every year; one practice takes it at next renewal, another keeps its own."""

from __future__ import annotations

from datetime import date

from preceptor.compliance.packs.actions import adopt, publish_pack
from preceptor.compliance.packs.queries import own_pack
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.foundation.access import EVERYWHERE
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import Member
from tests.journeys.visitor import PHONE, Visit
from tests.journeys.world import World

KEYS = ("fire-safety", "data-security", "equality-diversity")


def test_a_hub_publishes_a_change_that_one_practice_takes_and_another_keeps_out(world: World, visit: Visit) -> None:
    _offered(world)
    next_year = date(world.today.year + 1, 1, 1)
    cast = world.cast

    hub = visit(cast.gareth).opens("/").follows("Pack").looks_at_320()
    hub.follows("Change Fire safety", within="In the pack")
    hub.writes("For how many months does it count?", "12").dates("From which day?", next_year)
    hub.writes("Why?", "Two fires in the county.").writes("Who decided?", "Training board")
    hub.dates("When was it decided?", world.today).presses("Change it")
    hub.reads("Not in a published version yet: Fire safety").follows("Make the next version")
    hub.writes("What changed?", "Fire safety every year").presses("See what it would do").looks_at_320()
    hub.reads("Nothing has been published", "Changed: Fire safety", "Alder Surgery").misses("Aisha Rahman")
    hub.presses("Publish this version").reads("Version 2: Fire safety every year")

    ruth = visit(cast.ruth).opens("/practices/A81001/").reads("Vale pack, version 2: 1 change to answer.")
    ruth.follows("Requirements", within="").reads("Vale pack, version 2: 1 change to answer.")
    ruth.opens("/practices/A81001/packs/").follows("Vale pack").follows("Fire safety").looks_at_320()
    ruth.reads("Only the pack changed", "Two fires in the county.").follows("Take it")
    ruth.picks("How does it take over?", "At next renewal").writes("Who decided?", "Partners’ meeting")
    ruth.dates("When was it decided?", world.today).presses("See who changes").looks_at_320()
    ruth.reads("Nothing has been saved", "Who would notice").presses("Take it").reads("You are on version 2.")

    lorna = visit(cast.lorna, width=PHONE, scripts=False).opens("/practices/A81002/packs/").follows("Vale pack")
    lorna.follows("Fire safety").follows("Keep ours").presses("Keep ours").reads("Say why you keep yours")
    lorna.writes("Why do you keep yours?", "A new building with new alarms").presses("Keep ours")
    lorna.reads("You are on version 2.")

    hub.follows("Pack").reads("1 practice keeps its own", "Version 2").misses("alarms", "Lorna Blake", "Ruth Okafor")
    taken = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety").versions[-1]
    kept = requirement_by_key(EVERYWHERE, cast.birch, "fire-safety").versions
    assert (taken.offered_by, taken.rule.starts_on) == ("Vale Training Hub", next_year)
    assert [one.offered_by for one in kept] == [""]


def _offered(world: World) -> None:
    """The hub's first version, which both practices follow."""
    cast, now = world.cast, world.work.now
    publish_pack(
        by=cast.gareth.viewer, at=now, organisation=cast.hub, name="Vale pack", wanted=KEYS, note="To start from"
    )
    pack = own_pack(EVERYWHERE, cast.hub)
    assert pack is not None
    places: tuple[tuple[Member, OrganisationId], ...] = ((cast.ruth, cast.alder), (cast.lorna, cast.birch))
    for member, place in places:
        adopt(
            by=member.viewer,
            at=now,
            organisation=place,
            pack=pack.id,
            wanted=KEYS,
            starts_on=world.today,
            decided_by="Partners",
            decided_on=world.today,
        )
