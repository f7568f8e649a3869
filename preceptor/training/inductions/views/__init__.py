"""HTTP in, one query or action, page out."""

from .changing import add_item, change_item, drop_item, programme, programmes, take, text, write
from .own import done, help_with, own, pack, pack_read, read, tasks
from .running import begin, board, board_csv, course, end_link, item, link, plan, sign, start, stop

__all__ = [
    "add_item",
    "begin",
    "board",
    "board_csv",
    "change_item",
    "course",
    "done",
    "drop_item",
    "end_link",
    "help_with",
    "item",
    "link",
    "own",
    "pack",
    "pack_read",
    "plan",
    "programme",
    "programmes",
    "read",
    "sign",
    "start",
    "stop",
    "take",
    "tasks",
    "text",
    "write",
]
