"""What happened with single records lately: sent and waiting, refused, taken back, withdrawn and put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.records.actions import (
    accept_record,
    add_record,
    correct_record,
    refuse_record,
    take_back_record,
    withdraw_record,
)
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId, RecordKind
from preceptor.foundation.access import Viewer

from .papers import certificate
from .records import Ledger
from .spans import at

_RUTH: Final = "ruth.okafor@alder.example"
_LORNA: Final = "lorna.blake@birch.example"


@dataclass(frozen=True, slots=True)
class _Sent:
    """Something a member of staff sent: days ago done and sent, and what the certificate calls it."""

    email: str
    subject: str
    level: int
    done: int
    sent: int
    what: str
    photo: bool = False
    note: str = ""


_WAITING: Final = (
    _Sent("tomasz.nowak@alder.example", "fire-safety", 1, 4, 3, "Fire safety", photo=True),
    _Sent("chloe.dunn@alder.example", "vaccination-update", 1, 11, 2, "Vaccination update"),
    _Sent(
        "beth.tully@alder.example", "vaccination-update", 1, 140, 2, "Vaccination update", note="From my last employer"
    ),
    _Sent("mei.lin@birch.example", "emis-web", 2, 400, 1, "EMIS Web", photo=True, note="From a practice before"),
    _Sent("ivan.nettleton@birch.example", "anaphylaxis", 1, 9, 6, "Anaphylaxis"),
    _Sent("wanda.acheampong@birch.example", "conflict-resolution", 1, 7, 4, "Conflict resolution"),
    _Sent("samir.patel@riverside.example", "data-security", 1, 6, 5, "Data security", photo=True),
)
_REFUSED: Final = (
    (
        _Sent("tunde.bello@alder.example", "oliver-mcgowan-live", 2, 40, 38, "Oliver McGowan"),
        "The certificate is for the Tier 1 webinar. You need the Tier 2 day, which is in person",
    ),
    (
        _Sent("priya.shah@alder.example", "data-security", 1, 20, 19, "Data security", photo=True),
        "The photo is too dark to read the name or the date. Please send it again",
    ),
    (
        _Sent("aisha.rahman@alder.example", "resuscitation", 2, 200, 196, "Resuscitation"),
        "This course had no practical part, so it is level 1 and not level 2",
    ),
)


SENDERS: Final = frozenset(one.email for one in (*_WAITING, *(one for one, _ in _REFUSED)))


def happen(ledger: Ledger) -> None:
    """Lets all of it happen, in order."""
    for one, reason in _REFUSED:
        record = _send(ledger, one)
        moment = at(_back(ledger, one.sent - 1), 17)
        refuse_record(by=ledger.viewers[_RUTH], at=moment, record=record, reason=reason)
    _level_too_low(ledger)
    _withdrawn(ledger)
    _corrected(ledger)
    _taken_back(ledger)
    for one in _WAITING:
        _send(ledger, one)


def _level_too_low(ledger: Ledger) -> None:
    """What was refused as level 2 is sent again as what it is, and counts for less."""
    one = _Sent("aisha.rahman@alder.example", "resuscitation", 1, 200, 190, "Resuscitation")
    accept_record(by=ledger.viewers[_RUTH], at=at(_back(ledger, 189), 12), record=_send(ledger, one))


def _withdrawn(ledger: Ledger) -> None:
    record = _added(ledger, _RUTH, "elliot.grant@alder.example", Achievement("moving-handling", _back(ledger, 75)), 70)
    moment = at(_back(ledger, 66), 11)
    withdraw_record(
        by=ledger.viewers[_RUTH], at=moment, record=record, reason="Entered for the wrong person: it was Marcin’s"
    )
    _added(ledger, _RUTH, "marcin.zielak@alder.example", Achievement("moving-handling", _back(ledger, 75)), 66)
    record = _added(ledger, _LORNA, "olu.banwell@birch.example", Achievement("complaints", _back(ledger, 120)), 118)
    withdraw_record(by=ledger.viewers[_LORNA], at=at(_back(ledger, 90), 10), record=record, reason="Entered twice")


def _corrected(ledger: Ledger) -> None:
    wrong = Achievement("lone-working", _back(ledger, 465), provider="elearning for healthcare", minutes=20)
    for by, email in ((_RUTH, "karen.doyle@alder.example"), (_LORNA, "keeley.pargeter@birch.example")):
        record = _added(ledger, by, email, wrong, 100)
        right = replace(wrong, on=_back(ledger, 100))
        correct_record(
            by=ledger.viewers[by],
            at=at(_back(ledger, 97), 9),
            record=record,
            achievement=right,
            how_known=HowKnown.CERTIFICATE,
            reason="The year was wrong",
        )


def _taken_back(ledger: Ledger) -> None:
    one = _Sent("joanne.cole@alder.example", "wound-care", 1, 16, 15, "Wound care")
    record = _send(ledger, one)
    take_back_record(by=ledger.viewers[one.email], at=at(_back(ledger, 15), 20), record=record)


def _send(ledger: Ledger, one: _Sent) -> RecordId:
    kind = RecordKind.SESSION if one.subject.endswith("-live") else RecordKind.COURSE
    done, sent = _back(ledger, one.done), _back(ledger, one.sent)
    by: Viewer = ledger.viewers[one.email]
    return add_record(
        by=by,
        at=at(sent, 19, 12),
        person=ledger.staff.people[one.email],
        achievement=Achievement(one.subject, done, one.level, kind, minutes=45, note=one.note),
        how_known=HowKnown.COPY,
        certificate=certificate(by.name, one.what, done, photo=one.photo, today=sent),
    )


def _added(ledger: Ledger, by: str, email: str, achievement: Achievement, days: int) -> RecordId:
    return add_record(
        by=ledger.viewers[by],
        at=at(_back(ledger, days), 10, 40),
        person=ledger.staff.people[email],
        achievement=achievement,
        how_known=HowKnown.CERTIFICATE,
    )


def _back(ledger: Ledger, days: int) -> date:
    return ledger.today - timedelta(days=days)
