"""Every change about champions. Each is a further row."""

from .helping import log_help, take_back_help
from .questions import answer_question, ask_champion, follow_up, mark_solved
from .register import (
    accept_offer,
    add_champion,
    call_for_champions,
    change_champion,
    confirm_step,
    decline_offer,
    offer,
    say_step,
)

__all__ = [
    "accept_offer",
    "add_champion",
    "answer_question",
    "ask_champion",
    "call_for_champions",
    "change_champion",
    "confirm_step",
    "decline_offer",
    "follow_up",
    "log_help",
    "mark_solved",
    "offer",
    "say_step",
    "take_back_help",
]
