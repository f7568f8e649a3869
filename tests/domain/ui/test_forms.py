"""What a form says of answers that are missing or wrong: in English, and in the order of its questions."""

from __future__ import annotations

import re

from preceptor.ui.forms import Form, Pick, Text
from preceptor.ui.templating import environment


class _AskForm(Form[str]):
    whom = Pick("Whom do you want to ask?", choices=[("a", "Aisha")])
    role = Pick("Role", choices=[("gp", "GP")])
    why = Text("Why?")
    name = Text("Name", max_length=5)

    def build(self) -> str:
        return ""


def test_what_is_missing_is_asked_for_in_english() -> None:
    form = _AskForm({"name": "Aisha Rahman", "whom": "b"})

    assert form.value() is None
    assert {name: str(found[0]) for name, found in form.errors.items()} == {
        "whom": "Choose an answer to “Whom do you want to ask?”",
        "role": "Choose role from the list",
        "why": "Enter an answer to “Why?”",
        "name": "Name must be 5 characters or fewer",
    }


def test_the_summary_follows_the_order_of_the_questions_whatever_was_found_first() -> None:
    form = _AskForm({"whom": "a", "role": "gp", "why": "So", "name": "Aisha"})
    assert form.value() == ""
    for field in ("name", "", "whom", "why"):
        form.refuse(field, f"Wrong: {field or 'all of it'}")

    summary = environment().globals["ui"].errors(form)  # type: ignore[attr-defined]  # put together when it is made

    assert re.findall(r"Wrong: ([\w ]+)", str(summary)) == ["all of it", "whom", "why", "name"]
