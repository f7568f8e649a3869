"""Two at once wait for each other in the rooms of training: the test commits, and its database is emptied after it."""

from __future__ import annotations

from datetime import time, timedelta
from hashlib import sha256

import pytest

from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.actions import load_systems
from preceptor.training.inductions.actions import accept_by_link, help_done, make_link
from preceptor.training.inductions.models import InductionStep
from preceptor.training.planner.actions import call_off, offer_time
from preceptor.training.planner.domain.times import NewTime
from preceptor.training.planner.models import ProtectedDate
from preceptor.training.rollouts.actions import remind
from preceptor.training.rollouts.models import RolloutReminder
from tests.cast import BUILDER, BUILT_AT, build
from tests.rooms import workplace
from tests.rooms.at_once import meanwhile
from tests.rooms.inducted import LINK, Inducted, take
from tests.rooms.rolled import published


@pytest.fixture
def inducted(transactional_db: None) -> Inducted:
    """Alder Surgery and its programmes, seen by every connection."""
    load_systems(by=BUILDER, at=BUILT_AT, systems=[("emis-web", "EMIS Web", "EMIS", "core clinical system")])
    return take(workplace.build(build()))


def test_what_is_done_in_two_tabs_at_once_is_done_once(inducted: Inducted) -> None:
    cast, now = inducted.cast, inducted.now
    ruth, induction = cast.ruth.viewer, inducted.begins(cast.tomasz)
    digest = sha256(LINK.encode()).hexdigest()
    make_link(by=ruth, at=now, organisation=cast.alder, induction=induction, link_sha256=digest)
    entry = inducted.course(induction).entry("different")
    assert entry is not None
    assert entry.text is not None
    text, rollout = entry.text.id, published(cast.alder, now)
    offered = NewTime(inducted.today + timedelta(days=9), time(13), time(16), "The hub", "", (), 1)
    found = []

    for act in (
        lambda: accept_by_link(by=BUILDER, at=now, token=LINK, item="different", text=text),
        lambda: help_done(by=cast.aisha.viewer, at=now, induction=induction, item="room", on=inducted.today),
        lambda: remind(by=ruth, at=now, organisation=cast.alder, rollout=rollout),
        lambda: offer_time(by=ruth, at=now, organisation=cast.alder, new=offered),
        lambda: call_off(by=ruth, at=now, time=ProtectedDate.objects.get().pk, reason="The hub is closed"),
    ):
        found += meanwhile(act, act)

    assert [one.message if isinstance(one, Refusal) else one for one in found] == [
        "This is done already",
        "This is ticked off already",
        [],
        "There is protected time at that hour already",
        "That is called off already",
    ]
    assert InductionStep.objects.count() == 2
    assert RolloutReminder.objects.count() > 1
