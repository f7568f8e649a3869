"""Adjustments word by word: kinds of leave, decrees with a scope, what they do to standing, and their registers."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.requirements.actions import (
    record_exemption,
    record_extension,
    record_leave,
    withdraw_adjustment,
)
from preceptor.compliance.requirements.domain.decisions import LEAVE_NAMES, Eased, Leave
from preceptor.compliance.requirements.models import Adjustment
from preceptor.compliance.requirements.queries import live_adjustments, requirement_by_key
from preceptor.compliance.standing.queries import explained
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import london_date
from preceptor.foundation.gates import acting
from tests.cast import ALDER, Member, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

ADJUSTMENTS = f"/practices/{ALDER}/adjustments/"
ACROSS = "/across/adjustments/"


def _today(work: Workplace) -> date:
    return london_date(work.now)


def _days(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def _status(work: Workplace, member: Member, key: str = "fire-safety") -> str:
    found = explained(EVERYWHERE, ALDER, member.engagements[ALDER], key, on=_today(work))
    return found.explanation.verdict.status.value


def _why(client: Client, work: Workplace, member: Member, key: str = "fire-safety") -> str:
    answer = signed_in(client, work.cast.ruth).get(f"/practices/{ALDER}/training/{member.engagements[ALDER]}/{key}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", list(Leave))
def test_leave_of_every_kind_pauses_is_explained_and_restores(client: Client, work: Workplace, kind: Leave) -> None:
    tomasz = work.cast.tomasz
    signed_in(client, work.cast.ruth).post(
        f"/engagements/{tomasz.engagement}/leave/",
        {"reason": LEAVE_NAMES[kind], **_days("first_on", _today(work)), "authority": "Partners’ meeting"},
    )

    (held,) = live_adjustments(EVERYWHERE, work.cast.alder, _today(work))
    assert (held.leave, held.reason, held.person) == (kind, LEAVE_NAMES[kind], "Tomasz Nowak")
    assert _status(work, tomasz) == "paused"
    why = _why(client, work, tomasz)
    assert LEAVE_NAMES[kind] in why
    assert "On the authority of Partners’ meeting. Recorded by Ruth Okafor" in why

    withdraw_adjustment(by=work.cast.ruth.viewer, at=work.now, adjustment=held.id, reason="Did not go")

    assert _status(work, tomasz) == "overdue"
    assert "No exemption, leave or extension touches this." in _why(client, work, tomasz)


def test_an_exemption_is_explained_with_authority_and_withdrawing_restores(client: Client, work: Workplace) -> None:
    tomasz = work.cast.tomasz
    adjustment = record_exemption(
        by=work.cast.ruth.viewer,
        at=work.now,
        engagement=tomasz.engagement,
        requirement=requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").id,
        eased=Eased(_today(work), "Done where he mostly works", "Partners’ meeting"),
    )
    why = _why(client, work, tomasz)

    assert _status(work, tomasz) == "not_needed"
    assert "Done where he mostly works" in why
    assert "On the authority of Partners’ meeting. Recorded by Ruth Okafor" in why
    withdraw_adjustment(by=work.cast.ruth.viewer, at=work.now, adjustment=adjustment, reason="Wrong person")
    assert _status(work, tomasz) == "overdue"


def test_a_decree_reaches_its_scope_and_nobody_else(client: Client, work: Workplace) -> None:
    fire = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety")
    for member in (work.cast.tomasz, work.cast.aisha):  # ran out ten days ago
        work.did(member, "fire-safety", date(_today(work).year - 2, *(_today(work) - timedelta(10)).timetuple()[1:3]))
    before = {_status(work, who) for who in (work.cast.tomasz, work.cast.aisha)}

    signed_in(client, work.cast.ruth).post(
        f"{ADJUSTMENTS}extend/",
        {
            "requirements": str(fire.id),
            "groups": ["admin"],
            **_days("first_on", _today(work) - timedelta(30)),
            **_days("until_on", _today(work) + timedelta(90)),
            "reason": "The provider has closed",
            "authority": "NHS England letter",
        },
    )

    (held,) = live_adjustments(EVERYWHERE, work.cast.alder, _today(work))
    assert before == {"overdue"}
    assert _status(work, work.cast.tomasz) == "valid"
    assert _status(work, work.cast.aisha) == "overdue"
    assert "On the authority of NHS England letter" in _why(client, work, work.cast.tomasz)
    assert "admin and non-clinical staff group" in client.get(ADJUSTMENTS).content.decode().lower()
    withdraw_adjustment(by=work.cast.ruth.viewer, at=work.now, adjustment=held.id, reason="It reopened")
    assert _status(work, work.cast.tomasz) == "overdue"


def _leave(work: Workplace, member: Member, *, days: int = 0) -> None:
    record_leave(
        by=work.cast.priya.viewer,
        at=work.now,
        engagement=member.engagements[ALDER],
        eased=Eased(_today(work) + timedelta(days), "Sickness", "Partners"),
        leave=Leave.SICKNESS,
    )


def test_leads_see_how_many_across_practices_and_never_who(client: Client, work: Workplace) -> None:
    _leave(work, work.cast.tomasz)
    _leave(work, work.cast.helen, days=30)  # has not begun
    fire = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").id
    record_extension(
        by=work.cast.ruth.viewer,
        at=work.now,
        organisation=work.cast.alder,
        requirements=[fire],
        starts_on=_today(work),
        until_on=_today(work) + timedelta(9),
        reason="Closed",
        authority="Letter",
    )
    for member in (work.cast.nadia, work.cast.gareth):
        page = signed_in(client, member).get(ACROSS).content.decode()
        rows = {
            name: page[page.index(f'<th scope="row">{name}') :].partition("</tr>")[0]
            for name in ("Alder Surgery", "Birch Health Centre")
        }

        assert re.findall(r'pr-num">(\d+)<', rows["Alder Surgery"]) == ["1", "0", "1"]
        assert "Fewer than 5 people, not shown" in rows["Birch Health Centre"]
        assert "Cedar Lane Surgery" not in page
        assert "Nowak" not in page
        assert "Sickness" not in page
    assert signed_in(client, work.cast.aisha).get(ACROSS).status_code == 403


def test_the_register_across_costs_the_same_for_one_and_for_three(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.gareth)
    costs = []
    for members in ((work.cast.tomasz,), (work.cast.helen, work.cast.aisha)):
        for member in members:
            _leave(work, member)
        with CaptureQueriesContext(connection) as asked:
            client.get(ACROSS)
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_only_leave_has_a_kind_of_leave(work: Workplace) -> None:
    _leave(work, work.cast.tomasz)
    row = Adjustment.objects.get()
    kept = {name: getattr(row, name) for name in ("organisation", "starts_on", "reason", "authority", "recorded_at")}

    with pytest.raises(IntegrityError, match="adjustment_leave"), transaction.atomic(), acting():
        Adjustment.objects.create(
            **kept, kind="extension", until_on=_today(work) + timedelta(9), leave="sickness", by_name="x"
        )
    with pytest.raises(DatabaseError), transaction.atomic(), acting():
        Adjustment.objects.update(leave="")
