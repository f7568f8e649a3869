"""“Course delegates” of NHS England’s Digital Learning Solutions: rows without a completed date are not done yet."""

from typing import Final

from preceptor.foundation.cells import Row

from .own import PEOPLE
from .profile import Profile


def _left_out(row: Row) -> str:
    if row.value("removed"):
        return "The delegate was removed from the course"
    return "" if row.value("completed on") else "It has no completed date"


PROFILE: Final = Profile(
    code="dls",
    title="Course delegates from Digital Learning Solutions",
    headings={
        **PEOPLE,
        "subject": ("course name",),
        "delegate": ("delegate id",),
        "completed on": ("completed date",),
        "removed": ("removed date",),
        "minutes": ("time minutes", "time"),
    },
    needs=frozenset({"subject", "delegate", "completed on"}),
    marks=(frozenset({"delegateid"}),),
    example="Course name,Last name,First name,Email,Delegate ID,Completed date,Time (minutes)\n"
    "Fire safety,Nowak,Tomasz,tomasz.nowak@example.nhs.uk,TN123,19/11/2026,30\n",
    left_out=_left_out,
)
