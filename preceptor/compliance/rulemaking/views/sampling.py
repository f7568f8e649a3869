"""The last question, which only shows: one person's time before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect

from preceptor.compliance.standing.domain.noticing import noticing
from preceptor.register.models import Organisation
from preceptor.ui.forms import Choice, Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain.drafts import Draft
from ..domain.lives import lives
from ..domain.provisional import provisional
from ..domain.questions import Question
from ..pages.editing import back_from, shell_of, title_of
from .offering import seeing, sees_people


class PersonForm(Form[str]):
    """Whose time to show."""

    person = Choice("Show someone else", required=False)

    def __init__(self, people: Iterable[tuple[str, str]], chosen: str) -> None:
        super().__init__(None, initial={"person": chosen})
        field = self.fields["person"]
        if isinstance(field, Choice):
            field.offer(people)

    def build(self) -> str:
        """The engagement chosen."""
        return str(self.initial["person"])


def sample(request: Request, place: Organisation, draft: Draft, after: str) -> HttpResponse:
    """One person before and after: the one who notices first, unless another is chosen."""
    if request.method == "POST":
        return redirect("rulemaking:check", place.code, draft.id)
    question = Question.SAMPLE
    shell, title = shell_of(place.code, draft, question, after), title_of(question)
    back = back_from(place.code, draft, question, after)
    change = provisional(draft, draft.answers, request.today)
    if change is None or not sees_people(request, place):
        nobody = "Say who it is for and how it is met first." if change is None else "You see figures here, not people."
        return render(request, _empty(title, shell, back, nobody))
    tried = queries.dry_run(seeing(request, place), place.pk, change)
    concerned = [one.engagement for one in (*noticing(tried.trial), *tried.trial.differences)]
    if not concerned:
        return render(request, _empty(title, shell, back, "It would be required of nobody here."))
    wanted = request.GET.get("person", "")
    chosen = wanted if wanted in concerned else concerned[0]
    seat = tried.seats[chosen]
    people = sorted(
        ((one, f"{tried.seats[one].name}, {tried.seats[one].role_name}") for one in set(concerned)),
        key=lambda line: (tried.seats[line[0]].sort_name, line[0]),
    )
    page = pages.sample_page(
        title,
        shell,
        f"{seat.name}, {seat.role_name}",
        lives(tried.loaded.world, chosen, change, request.today),
        ("Now", f"Version {draft.number}" if draft.requirement else "With this rule"),
        request.today,
        PersonForm(people, chosen),
    )
    return render(request, replace(page, back=back))


def _empty(title: str, shell: pages.Shell, back: Link, nobody: str) -> pages.SamplePage:
    return pages.SamplePage(
        title=title, back=back, shell=shell, who="", lanes=(), ticks=(), today=0.0, chooser=None, nobody=nobody
    )
