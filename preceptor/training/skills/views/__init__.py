"""HTTP in, one query or action, page out."""

from .assessing import asked, assessors, end_assessor, invited, sign, signature
from .changing import add, adopt, change, choose
from .own import ask, invite, log, own, rate, take_back
from .reading import framework, mine, person, skill, skills, skills_csv
from .reviewing import review

__all__ = [
    "add",
    "adopt",
    "ask",
    "asked",
    "assessors",
    "change",
    "choose",
    "end_assessor",
    "framework",
    "invite",
    "invited",
    "log",
    "mine",
    "own",
    "person",
    "rate",
    "review",
    "sign",
    "signature",
    "skill",
    "skills",
    "skills_csv",
    "take_back",
]
