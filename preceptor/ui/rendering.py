"""A page object in, a response out."""

from __future__ import annotations

from django.contrib.messages import SUCCESS, get_messages
from django.http import HttpResponse

from preceptor.foundation.gates import drawing

from .pages import Page
from .requests import Notice, Request
from .templating import environment


def render(request: Request, page: Page, *, block: str | None = None, status: int = 200) -> HttpResponse:
    """Draws the page, or one named block of it when htmx replaces only that. The database is closed meanwhile."""
    request.notices = () if block else tuple(Notice(str(one), one.level == SUCCESS) for one in get_messages(request))
    template = environment().get_template(page.template)
    values = {"page": page, "request": request}
    with drawing():
        if block is None:
            content = template.render(values)
        else:
            content = "".join(template.blocks[block](template.new_context(values)))
    response = HttpResponse(content, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def wants_block(request: Request) -> bool:
    """Is htmx asking for a part of the page rather than the whole?"""
    return request.headers.get("HX-Request") == "true"
