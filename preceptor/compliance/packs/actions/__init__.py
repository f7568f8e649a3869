"""Every change to packs, and every answer to them."""

from .answering import decline, leave_change, put_off, take_change
from .following import adopt
from .offering import offer_change, offer_own, publish_national, publish_pack, take_up

__all__ = [
    "adopt",
    "decline",
    "leave_change",
    "offer_change",
    "offer_own",
    "publish_national",
    "publish_pack",
    "put_off",
    "take_change",
    "take_up",
]
