"""HTTP in, one query or action, page out."""

from .adopting import adopt, adopt_pack
from .answering import change, decline, leave, take
from .offering import next_version, offer, own, share
from .reaching import pack, packs
from .ruling import rule

__all__ = [
    "adopt",
    "adopt_pack",
    "change",
    "decline",
    "leave",
    "next_version",
    "offer",
    "own",
    "pack",
    "packs",
    "rule",
    "share",
    "take",
]
