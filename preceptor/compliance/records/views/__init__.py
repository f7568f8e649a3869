"""HTTP in, one query or action, page out."""

from .adding import add_mine, add_record, correct
from .deciding import review, take_back, waiting, withdraw
from .importing import import_check, import_file, names
from .reading import certificate, mine, person, record

__all__ = [
    "add_mine",
    "add_record",
    "certificate",
    "correct",
    "import_check",
    "import_file",
    "mine",
    "names",
    "person",
    "record",
    "review",
    "take_back",
    "waiting",
    "withdraw",
]
