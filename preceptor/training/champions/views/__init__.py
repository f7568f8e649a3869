"""HTTP in, one query or action, page out."""

from .asking import ask, home, library, question, solved
from .helping import log_help, offer, steps, take_back, toolkit, toolkit_page
from .managing import across, add, call, champions, change, decide, steps_of

__all__ = [
    "across",
    "add",
    "ask",
    "call",
    "champions",
    "change",
    "decide",
    "home",
    "library",
    "log_help",
    "offer",
    "question",
    "solved",
    "steps",
    "steps_of",
    "take_back",
    "toolkit",
    "toolkit_page",
]
