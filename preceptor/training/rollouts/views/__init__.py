"""HTTP in, rollouts out."""

from .drafting import discard, draft, part, start
from .managing import across, answer, correct, decide, remind, rollout, rollouts, rule, version, yearly
from .own import ask, ask_too, change, changes, check, done, refresher
from .shared import file

__all__ = [
    "across",
    "answer",
    "ask",
    "ask_too",
    "change",
    "changes",
    "check",
    "correct",
    "decide",
    "discard",
    "done",
    "draft",
    "file",
    "part",
    "refresher",
    "remind",
    "rollout",
    "rollouts",
    "rule",
    "start",
    "version",
    "yearly",
]
