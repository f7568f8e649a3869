"""The columns of a staff list, and the names practices give them in their spreadsheets."""

from typing import Final

from preceptor.foundation.cells import Headings

HEADINGS: Final[Headings] = {
    "title": ("salutation", "prefix"),
    "first name": ("forename", "given name", "christian name", "known as"),
    "last name": ("surname", "family name"),
    "name": ("full name", "staff name", "staff full name", "employee", "employee name", "staff member"),
    "email": (
        "email address",
        "e-mail",
        "e-mail address",
        "work email",
        "work email address",
        "nhs email",
        "nhs.net email",
    ),
    "professional number": (
        *("registration number", "professional registration number", "professional registration", "registration no"),
        *("gmc number", "nmc pin", "gmc", "nmc", "gphc number", "hcpc number", "prn", "pin"),
    ),
    "role": ("job title", "job role", "job", "position", "post", "staff role", "occupation"),
    "staff group": ("group", "staff type", "workforce group"),
    "kind": ("engagement", "contract", "contract type", "employment type", "engaged as", "employment status"),
    "start date": (
        "start",
        "started",
        "starts",
        "first day",
        "joined",
        "joining date",
        "date joined",
        "date of joining",
    ),
    "last day": (
        *("end date", "leaving date", "date left", "left", "finish date", "contract end", "contract end date"),
        *("last working day", "date of leaving", "leaver date"),
    ),
    "weekly hours": ("hours", "hours per week", "hours a week", "contracted hours", "contracted weekly hours"),
    "tasks": ("task", "duties", "lead roles", "responsibilities", "additional duties"),
}

# What each column holds, in the order a person would fill them in.
COLUMNS: Final = (
    ("title", "Dr, Mr, Ms or the like"),
    ("first name", "Needed for someone new"),
    ("last name", "Needed for someone new. Or one column “name”: First Last, or Last, First"),
    ("email", "Their own work address. The surest way to say who is meant"),
    ("professional number", "GMC, NMC, GPhC or HCPC number"),
    ("role", "Needed for someone new, for example Practice nurse"),
    ("staff group", "The usual one of the role if left empty"),
    ("kind", "For example Employed, Partner or Locum. Employed if left empty, unless the role says it"),
    ("start date", "Needed for someone new. The first day here, for example 1/12/2026"),
    ("last day", "The last day here, for leavers"),
    ("weekly hours", "For example 22.5"),
    (
        "tasks",
        "Beside the role, separated by semicolons, for example Chaperone; Fire marshal. They are added, never ended",
    ),
)
