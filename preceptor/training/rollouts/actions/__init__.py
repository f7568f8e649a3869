"""Every change to rollouts. What is published, read or answered is a further row."""

from .asking import answer_question, ask_about, ask_too, remind
from .drafting import add_file, discard_notice, draft_correction, draft_rollout, save_notice
from .publishing import adopt_rollout, decline_rollout, draft_rule, publish_notice, set_refresher
from .reading import answer_check, confirm_refresher, digest, say_done, text_of

__all__ = [
    "add_file",
    "adopt_rollout",
    "answer_check",
    "answer_question",
    "ask_about",
    "ask_too",
    "confirm_refresher",
    "decline_rollout",
    "digest",
    "discard_notice",
    "draft_correction",
    "draft_rollout",
    "draft_rule",
    "publish_notice",
    "remind",
    "save_notice",
    "say_done",
    "set_refresher",
    "text_of",
]
