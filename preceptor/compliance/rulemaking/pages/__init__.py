"""What each page shows, made of plain values."""

from . import downloads
from .checking import CheckPage, check_page
from .confirming import ConfirmPage, confirm_page
from .drafts import DiscardPage, DraftsPage, ExampleRow, StartPage, drafts_page, start_page
from .editing import AgainPage, MetPage, QuestionPage, Shell, WhatPage, WhomPage
from .history import ComparePage, ReviewsPage, compare_page, reviews_page
from .requirement import DraftLine, RequirementPage, TodayPanel, draft_lines, today_panel
from .running import DryRunPage, dry_run_page
from .sample import SamplePage, sample_page

__all__ = [
    "AgainPage",
    "CheckPage",
    "ComparePage",
    "ConfirmPage",
    "DiscardPage",
    "DraftLine",
    "DraftsPage",
    "DryRunPage",
    "ExampleRow",
    "MetPage",
    "QuestionPage",
    "RequirementPage",
    "ReviewsPage",
    "SamplePage",
    "Shell",
    "StartPage",
    "TodayPanel",
    "WhatPage",
    "WhomPage",
    "check_page",
    "compare_page",
    "confirm_page",
    "downloads",
    "draft_lines",
    "drafts_page",
    "dry_run_page",
    "reviews_page",
    "sample_page",
    "start_page",
    "today_panel",
]
