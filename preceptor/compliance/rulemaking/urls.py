"""Routes of rule making, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "rulemaking"

_DRAFT = "practices/<str:code>/rules/<uuid:draft>/"

urlpatterns = [
    route("practices/<str:code>/rules/", views.drafts, name="drafts", may=Can.EDIT_REQUIREMENTS),
    route("practices/<str:code>/rules/start/", views.start, name="start", may=Can.EDIT_REQUIREMENTS),
    route("practices/<str:code>/rules/reviews/", views.reviews, name="reviews", may=Can.SEE_REQUIREMENTS),
    route(
        "practices/<str:code>/requirements/<slug:key>/", views.requirement, name="requirement", may=Can.SEE_REQUIREMENTS
    ),
    route(
        "practices/<str:code>/requirements/<slug:key>/versions/",
        views.compare,
        name="compare",
        may=Can.SEE_REQUIREMENTS,
    ),
    route(
        "practices/<str:code>/sources/<slug:source>/",
        views.confirm_source,
        name="confirm-source",
        may=Can.EDIT_REQUIREMENTS,
    ),
    route(_DRAFT, views.check, name="check", may=Can.EDIT_REQUIREMENTS),
    route(f"{_DRAFT}dry-run/", views.dry_run, name="dry-run", may=Can.EDIT_REQUIREMENTS),
    route(f"{_DRAFT}dry-run.csv", views.dry_run_csv, name="dry-run-csv", may=Can.EDIT_REQUIREMENTS),
    route(f"{_DRAFT}dry-run.xlsx", views.dry_run_xlsx, name="dry-run-xlsx", may=Can.EDIT_REQUIREMENTS),
    route(f"{_DRAFT}discard/", views.discard, name="discard", may=Can.EDIT_REQUIREMENTS),
    route(f"{_DRAFT}<slug:question>/", views.question, name="question", may=Can.EDIT_REQUIREMENTS),
]
