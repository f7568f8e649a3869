"""The tables of training, room by room."""

from .capability.models import CapabilityAnswers
from .champions.models import (
    Champion,
    ChampionCall,
    ChampionOffer,
    ChampionQuestion,
    ChampionReply,
    ChampionTerm,
    HelpGiven,
    OfferAnswer,
)
from .cover.models import CriticalAbility, RotaTurn, RotaVersion
from .skills.models import (
    FrameworkAdoption,
    FrameworkVersion,
    NamedAssessor,
    NotYet,
    SignOff,
    SignOffAsk,
    SkillRating,
)

__all__ = [
    "CapabilityAnswers",
    "Champion",
    "ChampionCall",
    "ChampionOffer",
    "ChampionQuestion",
    "ChampionReply",
    "ChampionTerm",
    "CriticalAbility",
    "FrameworkAdoption",
    "FrameworkVersion",
    "HelpGiven",
    "NamedAssessor",
    "NotYet",
    "OfferAnswer",
    "RotaTurn",
    "RotaVersion",
    "SignOff",
    "SignOffAsk",
    "SkillRating",
]
