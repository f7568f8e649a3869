"""What each of our own columns holds, as the page and the reference say it."""

from typing import Final

COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("email", "Whose record it is. The surest way to name someone"),
    ("professional number", "Instead of an email: GMC, NMC, GPhC or HCPC number"),
    ("first name, last name", "Instead of both. Two people of one name need an email as well"),
    ("subject", "What it was: a subject’s name, its code, or a name it is known by elsewhere"),
    ("level", "A whole number. Not needed if the subject has none or its name says it"),
    ("completed on", "The day it was done, like 19/11/2026 or 2026-11-19"),
    ("expires on", "The last valid day the certificate shows, if it shows one"),
    ("kind", "course, session, assessment, sign-off, reflection or log. A blank is a course"),
    ("minutes", "How long it took: 90, 1:30 or 1 hour 30 minutes"),
    ("participatory", "yes if it involved other people"),
    ("provider", "Who provided it"),
    ("title", "The title on the certificate"),
    ("note", "Anything else worth keeping"),
)
