"""Change notices as values, the rules they make, and how ready people are."""

from .notice import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_TASKS,
    MOST_WORDS,
    Attachment,
    Check,
    Material,
    Notice,
    NoticeId,
    Part,
    RolloutId,
    Task,
    TaskKind,
    read_notice,
    written_notice,
)

__all__ = [
    "MOST_OPTIONS",
    "MOST_QUESTIONS",
    "MOST_TASKS",
    "MOST_WORDS",
    "Attachment",
    "Check",
    "Material",
    "Notice",
    "NoticeId",
    "Part",
    "RolloutId",
    "Task",
    "TaskKind",
    "read_notice",
    "written_notice",
]
