"""What was asked of the matrix, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.forms import Choice, Day, Form, Search

from .domain import Asked, Order, Question


class MatrixForm(Form[Asked]):
    """The filters, all of which may be empty.

    What is not on a list is refused, and then today's whole matrix is shown.
    """

    on = Day("As of", subject="The date", required=False)
    name = Search("Name", required=False)
    role = Search("Role", required=False)
    group = Search("Staff group", required=False)
    area = Search("Subject area", required=False)
    requirement = Search("Requirement", required=False)
    status = Choice("Status", choices=[(one.value, one.value) for one in Status], required=False)
    order = Choice("Order", choices=[(one.value, one.value) for one in Order], required=False)

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        """Takes what the address says; without a day it says today's, so that the boxes show it."""
        if not any(asked.get(f"on_{part}") for part in ("day", "month", "year")):
            asked = {**asked, "on_day": str(today.day), "on_month": str(today.month), "on_year": str(today.year)}
        super().__init__(asked)
        self.today = today

    def build(self) -> Asked:
        """The day, today if none, and the question."""
        given = self.cleaned_data
        return Asked(
            given["on"] or self.today,
            Question(
                name=given["name"].strip(),
                role=given["role"],
                group=given["group"],
                requirement=given["requirement"],
                area=given["area"],
                status=Status(given["status"]) if given["status"] else None,
                order=Order(given["order"]) if given["order"] else Order.GROUP,
            ),
        )

    def asked(self) -> Asked:
        """What was asked, or today's whole matrix when it cannot be read."""
        return self.value() or Asked(self.today, Question())
