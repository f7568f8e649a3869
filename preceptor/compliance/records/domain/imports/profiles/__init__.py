"""The kinds of file an import takes: one module each and one line here. The first that fits a file is taken."""

from typing import Final

from . import dls, elfh, esr, own
from .profile import Profile, Whose

PROFILES: Final[tuple[Profile, ...]] = (
    esr.PROFILE,
    dls.PROFILE,
    elfh.PROFILE,
    own.PROFILE,
)

__all__ = ["PROFILES", "Profile", "Whose"]
