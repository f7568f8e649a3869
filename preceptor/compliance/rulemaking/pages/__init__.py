"""What each page shows, made of plain values."""

from . import downloads
from .checking import CheckPage, check_page
from .drafts import DiscardPage, DraftsPage, StartPage, drafts_page
from .editing import AgainPage, MetPage, QuestionPage, Shell, WhatPage, WhomPage
from .history import ComparePage, ReviewsPage, compare_page, reviews_page
from .running import DryRunPage, dry_run_page
from .sample import SamplePage, sample_page

__all__ = [
    "AgainPage",
    "CheckPage",
    "ComparePage",
    "DiscardPage",
    "DraftsPage",
    "DryRunPage",
    "MetPage",
    "QuestionPage",
    "ReviewsPage",
    "SamplePage",
    "Shell",
    "StartPage",
    "WhatPage",
    "WhomPage",
    "check_page",
    "compare_page",
    "downloads",
    "drafts_page",
    "dry_run_page",
    "reviews_page",
    "sample_page",
]
