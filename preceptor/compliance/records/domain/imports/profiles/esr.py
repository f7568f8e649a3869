"""Competency lists of the Electronic Staff Record, with which registrars and trust-employed staff arrive.

`Last Updated By` is whoever typed it in, as `A01|Surname, First`: never the learner, so it is not among the columns.
"""

from typing import Final

from preceptor.foundation.cells import Row

from .own import PEOPLE
from .profile import Profile

_NOT_HELD: Final = frozenset({"not achieved", "not compliant", "required", "red", "missing", "outstanding"})


def _left_out(row: Row) -> str:
    if not row.text("subject"):
        return "It names no competency"
    status = row.text("status").casefold()
    return f"Its status is “{row.text('status')}”" if status in _NOT_HELD else ""


PROFILE: Final = Profile(
    code="esr",
    title="Competencies from the Electronic Staff Record (ESR)",
    headings={
        **PEOPLE,
        "name": ("person", "employee", "employee name", "full name", "display name"),
        "subject": ("competency name", "competence name", "competency"),
        "awarded": ("date last awarded", "last awarded"),
        "certified": ("certification date",),
        "started": ("date start", "start date", "date from"),
        "expires on": ("expiry date",),
        "next review": ("next review date",),
        "provider": ("awarded by",),
        "note": ("description",),
        "status": ("rag status", "compliance status"),
    },
    needs=frozenset({"subject"}),
    marks=(frozenset({"competencyname"}), frozenset({"competencename"})),
    example="Person,Competency Name,Date Start,Expiry Date\n"
    "30212345-2|Tomasz Nowak,NHS|CSTF|Fire Safety - 2 Years|,19-Nov-2026,19-Nov-2028\n",
    done=("awarded", "certified", "started"),
    until=("expires on", "next review"),
    left_out=_left_out,
)
