"""What a staff list would change: rows in, a plan out. Nothing is saved here, and nothing is guessed."""

from .columns import COLUMNS, HEADINGS
from .known import KnownEngagement, KnownPerson, Lists, Mentioned, Surroundings, mentioned_in
from .plan import Changed, NewHere, Plan, plan_of
from .wording import Change

__all__ = [
    "COLUMNS",
    "HEADINGS",
    "Change",
    "Changed",
    "KnownEngagement",
    "KnownPerson",
    "Lists",
    "Mentioned",
    "NewHere",
    "Plan",
    "Surroundings",
    "mentioned_in",
    "plan_of",
]
