"""What the pages about skills show."""

from .framework import FormPage, FrameworkPage, ReviewPage, framework_page
from .held import MinePage, PersonPage, SkillPage, mine_page, person_page, skill_page, variants_of
from .matrix import SkillsPage, csv_lines, skills_page
from .signing import (
    AskedPage,
    AskPage,
    AssessorsPage,
    NamedRow,
    NobodyAskedPage,
    OwnPage,
    SignaturePage,
    SignPage,
    ThankYouPage,
    asked_page,
    own_page,
    sign_page,
    signature_page,
)

__all__ = [
    "AskPage",
    "AskedPage",
    "AssessorsPage",
    "FormPage",
    "FrameworkPage",
    "MinePage",
    "NamedRow",
    "NobodyAskedPage",
    "OwnPage",
    "PersonPage",
    "ReviewPage",
    "SignPage",
    "SignaturePage",
    "SkillPage",
    "SkillsPage",
    "ThankYouPage",
    "asked_page",
    "csv_lines",
    "framework_page",
    "mine_page",
    "own_page",
    "person_page",
    "sign_page",
    "signature_page",
    "skill_page",
    "skills_page",
    "variants_of",
]
