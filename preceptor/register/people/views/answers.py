"""What the views of this room do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.urls import reverse

from preceptor.foundation.actions import Refusal
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import forms, pages, queries
from ..domain import PersonId

T = TypeVar("T")


def saved(form: Form[T], act: Callable[[T], object]) -> bool:
    """Carries out what the form asks for, if it asks for something. A refusal goes to its question on the form."""
    value = form.value()
    if value is None:
        return False
    try:
        act(value)
    except Refusal as refused:
        form.refuse(refused.field, refused.message)
        return False
    return True


def back_to(request: Request, person: PersonId) -> str:
    """Where to go afterwards: where the person came from, else the person's page."""
    return next_url(request, reverse("people:person", args=[person]))


def form_page(
    request: Request,
    *,
    title: str,
    name: str,
    back: str,
    form: Form[Any],
    button: str,
    intro: str = "",
    outcome: str = "",
) -> HttpResponse:
    """A form about somebody."""
    page = pages.PersonFormPage(
        title=title,
        back=Link(name, back),
        form=form,
        button=button,
        cancel=Link("Cancel", back),
        intro=intro,
        outcome=outcome,
    )
    return render(request, page)


def jobs_offered(*, tasks: bool = False) -> forms.JobsOffered:
    """The closed lists to choose from."""
    return forms.JobsOffered(
        roles=tuple((one.code, one.name, one.staff_group_id) for one in queries.job_roles()),
        groups=forms.codes_of(queries.staff_groups()),
        kinds=forms.codes_of(queries.engagement_kinds()),
        tasks=forms.codes_of(queries.tasks()) if tasks else (),
    )
