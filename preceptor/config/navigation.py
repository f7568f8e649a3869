"""The menu around every page: where the viewer is, and where they can go. Knows every floor, as the layout must not."""

from __future__ import annotations

from preceptor.ui.requests import Navigation, Request


def navigation_for(request: Request) -> Navigation:
    """The menu for this viewer at this address."""
    if not request.viewer.is_signed_in:
        return Navigation()
    return Navigation(name=request.viewer.name)
