"""Every change to rollouts. What is published, read or answered is a further row."""

from .drafting import add_file, discard_notice, draft_correction, draft_rollout, save_notice

__all__ = [
    "add_file",
    "discard_notice",
    "draft_correction",
    "draft_rollout",
    "save_notice",
]
