"""Activity reports of elearning for healthcare (elfh) and the Learning Hub: only what was completed or passed."""

from typing import Final

from preceptor.foundation.cells import Row

from .own import PEOPLE
from .profile import Profile

# Completed and Passed, by word and by number; the others are Launched, In progress, Failed, Downloaded and Incomplete.
_DONE: Final = frozenset({"completed", "complete", "passed", "pass", "3", "5"})
_NUMBERS: Final = {"1": "Launched", "2": "In progress", "4": "Failed", "6": "Downloaded", "7": "Incomplete"}


def _left_out(row: Row) -> str:
    status = row.text("status")
    return "" if status.casefold() in _DONE else f"Its status is “{_NUMBERS.get(status, status) or 'blank'}”"


PROFILE: Final = Profile(
    code="elfh",
    title="An activity report from elearning for healthcare (elfh)",
    headings={
        **PEOPLE,
        "course": ("course name", "course title"),
        "session": ("session name", "resource", "resource title"),
        "programme": ("programme name",),
        "status": ("activity status", "completion status"),
        "completed on": ("completed", "completion date", "date completed", "completed date", "activity end"),
        "minutes": ("duration", "duration minutes", "time spent", "time spent minutes"),
        "score": ("assessment score", "score %"),
        "user name": ("username", "user"),
    },
    needs=frozenset({"status", "completed on"}),
    marks=tuple(
        frozenset({what, "status", other})
        for what in ("course", "coursename", "session", "sessionname", "programme", "resource", "resourcetitle")
        for other in ("started", "score", "username")
    ),
    names=("course", "session", "programme"),
    example="First name,Last name,Email,Course,Status,Started,Completed\n"
    "Tomasz,Nowak,tomasz.nowak@example.nhs.uk,Fire Safety,Completed,18/11/2026,19/11/2026\n",
    left_out=_left_out,
)
