"""Input about skills as domain values."""

from .frameworks import AddForm, AdoptForm, Asked, ChangeForm, ConfirmForm, DoubtForm, MatrixForm, ModulesForm
from .signing import AskForm, InviteForm, LogForm, NameForm, RateForm, SignForm

__all__ = [
    "AddForm",
    "AdoptForm",
    "AskForm",
    "Asked",
    "ChangeForm",
    "ConfirmForm",
    "DoubtForm",
    "InviteForm",
    "LogForm",
    "MatrixForm",
    "ModulesForm",
    "NameForm",
    "RateForm",
    "SignForm",
]
