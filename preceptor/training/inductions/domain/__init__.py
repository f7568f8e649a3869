"""Programmes, texts and courses of induction as values, and the rules they keep."""

from .course import Course, Entry, Plan, State
from .programme import Item, ItemKind, Programme, Stage, Who
from .texts import CONTACTS, DIFFERENT, Text, TextId, TextVersion

__all__ = [
    "CONTACTS",
    "DIFFERENT",
    "Course",
    "Entry",
    "Item",
    "ItemKind",
    "Plan",
    "Programme",
    "Stage",
    "State",
    "Text",
    "TextId",
    "TextVersion",
    "Who",
]
