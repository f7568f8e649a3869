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
    "FrameworkAdoption",
    "FrameworkVersion",
    "HelpGiven",
    "NamedAssessor",
    "NotYet",
    "OfferAnswer",
    "SignOff",
    "SignOffAsk",
    "SkillRating",
]
