"""Every change to frameworks, and everything said and signed about skills. Each is a further row."""

from .asking import ask_colleague, invite_assessor, log_procedure, rate, take_back
from .assessors import end_assessor, name_assessor
from .frameworks import add_own_skill, adopt_framework, change_expectations, choose_modules, load_framework
from .reviewing import confirm_skill, doubt_skill
from .signing import not_yet, sign, sign_invited

__all__ = [
    "add_own_skill",
    "adopt_framework",
    "ask_colleague",
    "change_expectations",
    "choose_modules",
    "confirm_skill",
    "doubt_skill",
    "end_assessor",
    "invite_assessor",
    "load_framework",
    "log_procedure",
    "name_assessor",
    "not_yet",
    "rate",
    "sign",
    "sign_invited",
    "take_back",
]
