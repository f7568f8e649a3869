"""What each page shows, made of plain values."""

from . import downloads
from .checking import CheckPage, check_page
from .drafts import DiscardPage, DraftsPage, StartPage, drafts_page
from .editing import AgainPage, MetPage, QuestionPage, Shell, WhatPage, WhomPage
from .running import DryRunPage, dry_run_page
from .sample import SamplePage, sample_page

__all__ = [
    "AgainPage",
    "CheckPage",
    "DiscardPage",
    "DraftsPage",
    "DryRunPage",
    "MetPage",
    "QuestionPage",
    "SamplePage",
    "Shell",
    "StartPage",
    "WhatPage",
    "WhomPage",
    "check_page",
    "downloads",
    "drafts_page",
    "dry_run_page",
    "sample_page",
]
