"""Each question as a form: answers in, changed answers out."""

from .offered import Offered
from .plain import AgainForm, ConfirmForm, EarlyForm, FirstForm, LegalForm, OverForm, StartForm
from .trees import Branch, MetForm, TreeForm, WhomForm
from .what import WhatForm

__all__ = [
    "AgainForm",
    "Branch",
    "ConfirmForm",
    "EarlyForm",
    "FirstForm",
    "LegalForm",
    "MetForm",
    "Offered",
    "OverForm",
    "StartForm",
    "TreeForm",
    "WhatForm",
    "WhomForm",
]
