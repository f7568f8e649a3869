"""The tables of the foundation."""

from .files import StoredFile
from .journal import JournalLine

__all__ = ["JournalLine", "StoredFile"]
