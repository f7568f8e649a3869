"""Our own columns, and the names practices give them in their spreadsheets."""

from typing import Final

from .profile import Profile

# Names a column may go by wherever the list comes from.
PEOPLE: Final = {
    "email": ("email address", "e-mail", "e-mail address", "work email", "primary email", "username email"),
    "professional number": ("professional registration number", "registration number", "prn", "gmc number", "nmc pin"),
    "first name": ("forename", "given name"),
    "last name": ("surname", "family name"),
    "name": ("full name", "staff name", "staff full name", "employee", "employee name", "person", "learner", "who"),
}

PROFILE: Final = Profile(
    code="preceptor",
    title="Preceptor’s own columns",
    headings={
        **PEOPLE,
        "subject": (
            *("course", "course name", "course title", "training", "training name", "module", "module name", "topic"),
            *("subject name", "competency", "module code"),
        ),
        "level": (),
        "completed on": (
            *("completed", "completion date", "date completed", "completed date", "date", "date of training"),
            *("training date", "date done", "attended on", "date attended"),
        ),
        "expires on": ("expires", "expiry date", "expiry", "valid until", "last valid day"),
        "kind": ("type", "format", "delivery"),
        "minutes": ("duration", "duration minutes", "time minutes", "length"),
        "hours": ("duration hours",),
        "participatory": ("interactive", "with others"),
        "provider": ("provided by", "supplier", "issuing name", "training provider"),
        "title": ("certificate title",),
        "note": ("notes", "comment", "comments"),
    },
    needs=frozenset({"subject", "completed on"}),
    example="email,subject,level,completed on,expires on\ntomasz.nowak@example.nhs.uk,Fire safety,1,19/11/2026,\n",
    strict=True,
)
