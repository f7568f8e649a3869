"""Every page of the site, opened by everyone who may open it: whole, accessible and no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from preceptor.compliance.packs.queries import packs_at
from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId
from preceptor.compliance.requirements.actions import add_source, record_leave
from preceptor.compliance.requirements.domain.decisions import Eased, Force, NewSource
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.compliance.rulemaking.actions import save_draft, start_draft
from preceptor.compliance.rulemaking.domain.questions import Question
from preceptor.compliance.rulemaking.queries import draft_of
from preceptor.compliance.subjects.actions import add_equivalence
from preceptor.compliance.subjects.domain import Equivalence, SubjectCode
from preceptor.compliance.subjects.queries import equivalences_approved
from preceptor.foundation.access import ANYONE, EVERYWHERE, SIGNED_IN, Can, Role
from preceptor.register.accounts.actions import give_role
from preceptor.register.accounts.models import User
from preceptor.register.accounts.queries import roles_held
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.people.actions import add_state, give_task
from preceptor.register.people.domain import EngagementId
from tests.cast import ALDER, BUILDER, HUB, NETWORK, Cast, Member
from tests.journeys.visitor import Visit
from tests.journeys.world import World
from tests.rooms.championed import asked, made_champion, offered
from tests.rooms.config.test_doors import Door, doors
from tests.rooms.covered import chosen, on_all_week
from tests.rooms.evidence.made import endorsed_at
from tests.rooms.inducted import KEYS, LINK, begun_at
from tests.rooms.rolled import rolled
from tests.rooms.skilled import FILING, LETTERS, follow_at, spoken_of
from tests.rooms.timed import time_offered

PAGES = [
    door
    for door in sorted(doors(), key=lambda door: door.name)
    if door.name
    not in {
        *("accounts:invite", "accounts:open"),  # buttons of the page about access
        *("practices:matrix-csv", "practices:matrix-xlsx", "records:certificate", "design-system"),  # files
        *("evidence:needs-pdf", "evidence:version-pdf", "evidence:version-json"),  # files
        "equivalences:answer",  # what it is about stands in its query
        *("rulemaking:dry-run-csv", "rulemaking:dry-run-xlsx"),  # files too
        "packs:share",  # a button
        "planner:csv",  # a file
        *("cover:csv", "cover:import-check"),  # a file, and what a page before gave
        "capability:csv",  # a file
        *("inductions:csv", "inductions:link", "inductions:end-link", "inductions:take"),  # a file, and buttons
        *("skills:csv", "skills:end-assessor", "skills:take-back"),  # a file, and buttons
        *("champions:solved", "champions:take-back"),  # buttons
        *("rollouts:ask", "rollouts:ask-too", "rollouts:done", "rollouts:remind", "rollouts:file"),  # buttons, a file
    }
]


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody, and whom and where the pages they open are about."""

    member: Member
    about: Member
    code: str
    place: OrganisationId

    def may_open(self, door: Door) -> bool:
        """Is there anything for them behind this door?"""
        if not isinstance(door.may, Can):
            return door.may is SIGNED_IN
        scope = self.member.viewer.scope(door.may)
        if door.may in {Can.RATE_SKILLS, Can.FOLLOW_INDUCTION}:
            return self.member == self.about
        if door.name in {"skills:sign", "inductions:help"}:
            return self.member != self.about and scope.holds(self.place)
        own = scope.person == self.about.person and {"person", "engagement", "record"} & set(door.asks)
        return scope.holds(self.place) or bool(own) or bool(scope and not door.asks)


def _manager(cast: Cast) -> Sight:
    return Sight(cast.ruth, cast.aisha, ALDER, cast.alder)


def _staff(cast: Cast) -> Sight:
    return Sight(cast.tomasz, cast.tomasz, ALDER, cast.alder)


def _network_lead(cast: Cast) -> Sight:
    return Sight(cast.nadia, cast.samir, NETWORK, cast.network)


def _hub_lead(cast: Cast) -> Sight:
    return Sight(cast.gareth, cast.gareth, HUB, cast.hub)


def _administrator(cast: Cast) -> Sight:
    return Sight(cast.priya, cast.aisha, ALDER, cast.alder)


# What somebody says of a skill of theirs, and signatures.
_OWN_SKILLS = {
    *("skills:ask", "skills:invite", "skills:log", "skills:own", "skills:rate", "skills:sign", "skills:signature"),
}

# What is not there: a training hub follows no framework and has endorsed no analysis here, only practices have clinical
# systems, and none of them offers a pack.
# Only a practice has a rota.
_COVER = {f"cover:{name}" for name in ("ability", "change", "choose", "drop", "import", "rota", "session", "undo")}

NOTHING_AT = {
    "A81001": {"packs:next", "packs:offer", "packs:own", "packs:rule", "cover:across", "planner:across"},
    "U10001": {*_COVER, "organisations:start-system", "organisations:stop-system", "organisations:stop-service"},
    "HUB01": {
        *_COVER,
        "planner:offer",
        "planner:call-off",
        "evidence:version",
        "skills:adopt",
        *_OWN_SKILLS,
    },
}


SIGHTS = (_manager, _staff, _network_lead, _hub_lead, _administrator)


@pytest.mark.parametrize("who", SIGHTS)
def test_every_page_is_whole(who: Callable[[Cast], Sight], world: World, visit: Visit) -> None:
    sight = who(world.cast)
    ids = _ids(world, sight)
    visitor = visit(sight.member)

    for door in filter(sight.may_open, PAGES):
        if door.name not in NOTHING_AT.get(sight.code, ()):
            visitor.opens(_address(door, ids)).looks_at_320()


def test_no_page_is_left_out(world: World) -> None:
    sights = [who(world.cast) for who in SIGHTS]

    for door in PAGES:
        assert door.may is ANYONE or any(sight.may_open(door) for sight in sights), door.name


def test_every_page_is_whole_signed_out(world: World, visit: Visit) -> None:
    ids = _ids(world, _staff(world.cast))
    visitor = visit()

    for door in PAGES:
        if door.may is ANYONE:
            visitor.opens(_address(door, ids)).looks_at_320()


def _ids(world: World, sight: Sight) -> dict[str, object]:
    """What the addresses of the pages need: for each kind of thing one that this person may look at."""
    about, now, since = sight.about, world.work.now, Period(date(2024, 1, 1))
    engagement = about.engagements.get(sight.code, about.engagement)
    done = Achievement("fire-safety", world.today - timedelta(days=3))
    away = Eased(world.today, "Long illness", "Practice policy on leave")
    give_task(by=BUILDER, at=now, engagement=engagement, task="fire-marshal", period=Period())
    add_state(by=BUILDER, at=now, person=about.person, state="enrolled:pcpep", period=since)
    if about != sight.member:
        role = Role.MANAGER if sight.code == ALDER else Role.PCN_LEAD
        give_role(by=BUILDER, at=now, engagement=engagement, role=role)
    user = User.objects.get(pk=about.user)
    return {
        "code": sight.code,
        "person": about.person,
        "engagement": engagement,
        "key": "fire-safety",
        "pack": packs_at(EVERYWHERE, sight.place, world.today)[0].pack.id,
        "record": world.work.did(about, "fire-safety", world.today - timedelta(days=9), by=sight.member.viewer),
        "records:review": _sent(about, done, now),
        "records:take-back": _sent(sight.member, replace(done, on=world.today - timedelta(days=4)), now),
        "system": "emis-web",
        "service": "online-consultation",
        "task": "fire-marshal",
        "state": "enrolled:pcpep",
        "adjustment": record_leave(by=BUILDER, at=now, engagement=engagement, eased=away),
        "equivalence": _equivalence(sight.place, now),
        "held": next((one.pk for one in roles_held(EVERYWHERE, about.person)), 0),
        "number": endorsed_at(sight.place, now) if sight.code != HUB else 0,
        "user": user.pk,
        "token": default_token_generator.make_token(user),
        "part": "learning",
        "draft": _drafted(world, sight),
        "question": "for-whom",
        "source": _source(sight.place, now),
        **_champions(world, sight),
        **_covered(world, sight),
        "time": _time_offered(world, sight),
        **_rollouts(world, sight),
        "induction": _induction(world, sight, engagement),
    } | _skills(world, sight)


def _time_offered(world: World, sight: Sight) -> UUID:
    """A place offers protected time; a hub has none."""
    if sight.code == HUB:
        return UUID(int=0)
    return time_offered(BUILDER, world.work.now, sight.place, world.today + timedelta(days=9))[0]


def _covered(world: World, sight: Sight) -> dict[str, object]:
    """A practice counts something as critical and has a rota."""
    found = {"ability": UUID(int=0), "rota": UUID(int=0), "on": world.today.isoformat(), "session": "morning"}
    if sight.place == world.cast.alder:
        found["ability"] = chosen(BUILDER, world.work.now, sight.place)
        found["rota"] = on_all_week(BUILDER, world.work.now, sight.place, world.cast.tomasz)
    return found


def _induction(world: World, sight: Sight, engagement: EngagementId) -> UUID:
    """The person is in induction where the pages are about them, with somebody else as the buddy."""
    buddy = sight.member.person if sight.member != sight.about else None
    works_there = sight.code in sight.member.engagements
    return begun_at(sight.place, engagement, world.work.now, buddy if works_there else None)


def _rollouts(world: World, sight: Sight) -> dict[str, object]:
    """The place published a notice that touches everyone, and the person where they work; somebody asked something."""
    made = rolled(sight.place, world.work.now, sight.about)
    return {"rollout": made.rollout, "notice": made.draft, "rollouts:question": made.question}


def _champions(world: World, sight: Sight) -> dict[str, object]:
    """The person is a champion where they work; somebody asks something, and somebody offers to be one."""
    cast, now, (home, *_) = world.cast, world.work.now, sight.member.engagements
    places = {ALDER: cast.alder, NETWORK: cast.network, HUB: cast.hub}
    champion = made_champion(places[home], sight.member, now)
    if home != sight.code:
        champion = made_champion(sight.place, cast.helen, now)
    others = sight.about != sight.member
    return {
        "champion": champion,
        "champions:question": asked(sight.place, sight.about, now, shared=True),
        "offer": offered(sight.place, sight.about, now) if others else UUID(int=0),
    }


def _skills(world: World, sight: Sight) -> dict[str, object]:
    """What the pages about skills are about, where a framework is followed."""
    if sight.code == HUB:
        follow_at(world.cast.alder, world.work.now)
        return {"ask": UUID(int=0), "sign_off": UUID(int=0), "named": 0}
    follow_at(sight.place, world.work.now)
    others = {ALDER: world.cast.helen, NETWORK: world.cast.nadia}
    assessor = others[sight.code] if sight.about == sight.member else sight.member
    asker = sight.about if assessor != sight.about else world.cast.aisha
    if sight.member is world.cast.priya:
        assessor = world.cast.helen
    spoken = spoken_of(world.work, sight.place, asker, assessor)
    return {"ask": spoken.ask, "sign_off": spoken.sign_off, "named": spoken.named, "skills:invited": spoken.link}


def _drafted(world: World, sight: Sight) -> UUID:
    """A draft of the next version of fire safety, ready for the dry run, where the person may have one."""
    viewer, now = sight.member.viewer, world.work.now
    scope = viewer.scope(Can.EDIT_REQUIREMENTS)
    if not scope.holds(sight.place):
        return UUID(int=0)
    fire = requirement_by_key(scope, sight.place, "fire-safety").id
    draft = start_draft(by=viewer, at=now, organisation=sight.place, requirement=fire)
    begun = draft_of(scope, sight.place, draft).answers
    answers = replace(begun, starts_on=world.today + timedelta(days=40), transition=AtRenewal()).saying(Question.OVER)
    save_draft(by=viewer, at=now, draft=draft, revision=1, answers=answers)
    return draft


def _source(place: OrganisationId, at: datetime) -> str:
    """A source that a place added, and nobody has confirmed."""
    source = NewSource("Fire risk assessment", "Vale Fire", Force.LOCAL)
    return add_source(by=BUILDER, at=at, organisation=place, source=source)


def _equivalence(place: OrganisationId, at: datetime) -> int:
    """Something that counts as something else, approved by a place for itself and what lies beneath it."""
    sharps = Equivalence(SubjectCode("sharps"), 1, SubjectCode("lone-working"), 1)
    add_equivalence(by=BUILDER, at=at, equivalence=sharps, approved_by="Board", reason="The same course", owner=place)
    return next(one.id for one in equivalences_approved() if one.owner == place)


def _sent(member: Member, done: Achievement, at: datetime) -> RecordId:
    """Something that waits for a decision."""
    return add_record(by=member.viewer, at=at, person=member.person, achievement=done, how_known=HowKnown.CERTIFICATE)


def _address(door: Door, ids: dict[str, object]) -> str:
    mine = ids | {"record": ids.get(door.name, ids["record"])}
    if door.name.startswith("inductions:"):
        mine |= {"key": KEYS.get(door.name, "receptionist"), "token": LINK, "item": "room"}
    if door.name.startswith("skills:"):
        key = LETTERS if door.name == "skills:log" else FILING
        mine |= {"key": key, "token": ids.get("skills:invited", "none")}
    if door.name.startswith("champions:"):
        mine |= {"key": "helping-well", "question": ids["champions:question"]}
    if door.name.startswith("rollouts:"):
        mine |= {"part": "whom", "question": ids["rollouts:question"], "number": 1}
    if door.name in {"rollouts:draft", "rollouts:part", "rollouts:discard"}:
        mine |= {"rollout": ids["notice"]}
    return reverse(door.name, kwargs={name: mine[name] for name in door.asks})
