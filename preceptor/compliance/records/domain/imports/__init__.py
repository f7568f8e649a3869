"""How a file of past training becomes records: its kind, its people, its rows, and the plan of what it would add."""

from .columns import COLUMNS
from .names import NameSaid, Pick, Unknown, last_words, meaning
from .plan import NO_OPTIONS, LeftOut, NewRecord, Options, Plan, Reading, Surroundings, plan_of
from .profiles import PROFILES, Profile

__all__ = [
    "COLUMNS",
    "NO_OPTIONS",
    "PROFILES",
    "LeftOut",
    "NameSaid",
    "NewRecord",
    "Options",
    "Pick",
    "Plan",
    "Profile",
    "Reading",
    "Surroundings",
    "Unknown",
    "last_words",
    "meaning",
    "plan_of",
]
