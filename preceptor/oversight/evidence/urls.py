"""Routes of the training needs analysis, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "evidence"

urlpatterns = [
    route("practices/<str:code>/training-needs/", views.needs, name="needs", may=Can.SEE_SHARES),
    route("practices/<str:code>/training-needs.pdf", views.needs_pdf, name="needs-pdf", may=Can.SEE_SHARES),
    route("practices/<str:code>/training-needs/endorse/", views.endorse, name="endorse", may=Can.ENDORSE),
    route("practices/<str:code>/training-needs/<int:number>/", views.version, name="version", may=Can.SEE_SHARES),
    route(
        "practices/<str:code>/training-needs/<int:number>.pdf",
        views.version_pdf,
        name="version-pdf",
        may=Can.SEE_SHARES,
    ),
    route(
        "practices/<str:code>/training-needs/<int:number>.json",
        views.version_json,
        name="version-json",
        may=Can.SEE_SHARES,
    ),
]
