"""Input about rollouts as domain values."""

from .deciding import DecideForm, Deciding, PublishForm, Publishing, RefresherForm, RequireForm
from .material import Bringing, FileForm, LinksForm
from .reading import AnswerForm, AskForm, CheckForm
from .steps import DoForm, Group
from .writing import ChangeForm, WhomForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "Bringing",
    "ChangeForm",
    "CheckForm",
    "DecideForm",
    "Deciding",
    "DoForm",
    "FileForm",
    "Group",
    "LinksForm",
    "PublishForm",
    "Publishing",
    "RefresherForm",
    "RequireForm",
    "WhomForm",
]
