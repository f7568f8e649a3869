"""Every read of programmes, texts and inductions."""

from .courses import (
    accepted_before,
    course_by_token,
    course_of,
    courses_at,
    courses_helped,
    ended_at,
    inductions_of,
    it_here,
    link_of,
    not_inducted,
    own_course,
    own_courses,
    suggested_at,
    tasks_waiting,
)
from .programmes import (
    newest_national,
    programme_at,
    programmes_at,
    text_versions,
    texts_at,
    versions_of,
)

__all__ = [
    "accepted_before",
    "course_by_token",
    "course_of",
    "courses_at",
    "courses_helped",
    "ended_at",
    "inductions_of",
    "it_here",
    "link_of",
    "newest_national",
    "not_inducted",
    "own_course",
    "own_courses",
    "programme_at",
    "programmes_at",
    "suggested_at",
    "tasks_waiting",
    "text_versions",
    "texts_at",
    "versions_of",
]
