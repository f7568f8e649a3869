"""Every change to programmes and texts, and everything that happens in an induction. Each is a further row."""

from .programmes import add_item, change_item, drop_item, load_inductions, take_programme, write_text
from .running import (
    accept,
    accept_by_link,
    end_link,
    help_done,
    make_link,
    own_done,
    plan_induction,
    set_aside,
    sign_off,
    start_induction,
    stop_induction,
    tick_off,
    undo,
)

__all__ = [
    "accept",
    "accept_by_link",
    "add_item",
    "change_item",
    "drop_item",
    "end_link",
    "help_done",
    "load_inductions",
    "make_link",
    "own_done",
    "plan_induction",
    "set_aside",
    "sign_off",
    "start_induction",
    "stop_induction",
    "take_programme",
    "tick_off",
    "undo",
    "write_text",
]
