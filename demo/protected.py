"""Protected Thursdays at Alder Surgery, each month for two years, and what people said they used them for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from preceptor.compliance.records.queries import records_of
from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.dates import add_months
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.planner.actions import call_off, offer_time, say_time
from preceptor.training.planner.domain.times import Done, NewTime
from preceptor.training.planner.queries import times_at, times_for_record

from .people import Staff
from .spans import at, working_day

ALDER: Final = "A81001"
_THURSDAY: Final = 3
_MONTHS: Final = 11

# Who says when they did something, and what they say of one thing after the other.
_P, _W, _H = Done.PROTECTED, Done.WORK, Done.HOME
_SAY: Final[Mapping[str, tuple[Done, ...]]] = {
    "helen.marsh@alder.example": (_P, _W, _P, _W, _H),
    "imran.siddiqui@alder.example": (_H, _W, _H),
    "joanne.cole@alder.example": (_P, _P, _W, _P),
    "aisha.rahman@alder.example": (_P, _H, _P, _W),
    "chloe.dunn@alder.example": (_P, _W),
    "marcin.zielak@alder.example": (_P, _P, _W),
    "karen.doyle@alder.example": (_P, _W, _P),
    "tomasz.nowak@alder.example": (_P, _H, _P),
    "sandra.hughes@alder.example": (_W, _P, _W),
    "elliot.grant@alder.example": (_W, _W, _P),
}


def give(
    by: Mapping[str, Viewer],
    viewers: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    staff: Staff,
    today: date,
) -> None:
    """Offers the first Thursday of each month, calls one off, and lets some people say what they did when."""
    ruth, place = by[ALDER], places[ALDER]
    start = add_months(today.replace(day=1), -_MONTHS)
    first = start + timedelta(days=(_THURSDAY - start.weekday()) % 7)
    new = NewTime(first, time(13, 30), time(16, 30), "Riverside PCN", "Meeting room and online", (), 2 * _MONTHS + 2)
    offer_time(by=ruth, at=at(working_day(start - timedelta(days=20)), 15), organisation=place, new=new)
    off = times_at(EVERYWHERE, [ALDER], add_months(first, 4), today)[0]
    words = "Three people were ill, and nobody could cover the phones."
    call_off(by=ruth, at=at(off.on, 8), time=off.id, reason=words)
    for email, said in _SAY.items():
        person = staff.people[email]
        done = [one for one in records_of(EVERYWHERE, person) if one.on >= first and not one.withdrawn and one.decided]
        for entry, when in zip(done, said, strict=False):
            times = times_for_record(EVERYWHERE, person, entry.on) if when is Done.PROTECTED else []
            then = at(max(entry.on, entry.recorded.at.date()), 18)
            if times:
                say_time(by=viewers[email], at=then, record=entry.id, done=when, time=times[0].id)
            elif when is not Done.PROTECTED:
                say_time(by=viewers[email], at=then, record=entry.id, done=when)
