"""HTTP in, one query or action, page out."""

from .engagements import add_engagement, correct, leave, void
from .holdings import add_state, end_state, end_task, give_task
from .importing import import_check, import_file
from .people import add, edit, people, person
from .questions import questions

__all__ = [
    "add",
    "add_engagement",
    "add_state",
    "correct",
    "edit",
    "end_state",
    "end_task",
    "give_task",
    "import_check",
    "import_file",
    "leave",
    "people",
    "person",
    "questions",
    "void",
]
