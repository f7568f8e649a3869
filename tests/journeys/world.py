"""The world every story begins in: Alder Surgery at work, with something of each kind to see, and an empty practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from preceptor.compliance.packs.jobs import start
from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId
from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import AdjustmentId, Eased
from preceptor.foundation.files import hold
from preceptor.register.organisations.actions import add_organisation, start_service, start_system
from preceptor.register.organisations.domain import Kind, NewOrganisation, Period
from preceptor.register.people.actions import add_state
from tests.cast import ALDER, BUILDER, BUILT_AT, HUB, NETWORK, Cast
from tests.cast import build as build_cast
from tests.rooms import workplace
from tests.rooms.workplace import SINCE, Workplace

EMPTY: Final = "A81004"
PHOTO: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060600000000500"
    "01a5f645400000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True)
class World:
    """The people, and what some pages are about."""

    work: Workplace
    today: date
    waiting: RecordId
    accepted: RecordId
    leave: AdjustmentId

    @property
    def cast(self) -> Cast:
        """Everybody and every place."""
        return self.work.cast


@transaction.atomic
def build(today: date) -> World:
    """Builds the world in an empty register. Some of it lies a few weeks back, so that each status is there today."""
    work = workplace.build(build_cast())
    cast = work.cast
    _records(work, today)
    for code in (NETWORK, HUB):
        start(BUILDER, BUILT_AT, code=code, starts_on=SINCE, decided_by="The board", decided_on=date(2025, 1, 6))
    add_organisation(by=BUILDER, at=BUILT_AT, new=NewOrganisation(EMPTY, "Dovecote Surgery", Kind.PRACTICE))
    since = Period(date(2024, 1, 1))
    start_system(by=BUILDER, at=BUILT_AT, organisation=cast.alder, system="emis-web", period=since)
    start_service(by=BUILDER, at=BUILT_AT, organisation=cast.alder, service="online-consultation", period=since)
    add_state(by=BUILDER, at=BUILT_AT, person=cast.aisha.person, state="registered:nmc", period=since)
    away = Eased(today - timedelta(days=14), "Long illness", "Practice policy on leave", today + timedelta(days=60))
    leave = record_leave(by=cast.ruth.viewer, at=work.now, engagement=cast.samir.engagements[ALDER], eased=away)
    certificate = hold(PHOTO, "moving and handling.png", work.now)
    lifting = Achievement("moving-handling", today - timedelta(days=5))
    waiting = add_record(
        by=cast.aisha.viewer,
        at=work.now,
        person=cast.aisha.person,
        achievement=lifting,
        how_known=HowKnown.CERTIFICATE,
        certificate=certificate,
    )
    accepted = work.did(cast.tomasz, "fire-safety", today - timedelta(days=90), by=cast.ruth.viewer)
    return World(work, today, waiting, accepted, leave)


def _records(work: Workplace, today: date) -> None:
    """What people have done: enough to see each status, and far from all they should have."""
    cast = work.cast
    for member in (cast.ruth, cast.aisha, cast.helen):
        for subject in ("equality-diversity", "health-safety-welfare", "data-security"):
            work.did(member, subject, today - timedelta(days=100))
    for member, days in ((cast.helen, 350), (cast.aisha, 355)):
        work.did(member, "data-security", today - timedelta(days=days))
    work.did(cast.helen, "resuscitation", today - timedelta(days=340), level=2)
