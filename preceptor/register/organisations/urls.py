"""Routes about organisations, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "organisations"

urlpatterns = [
    route("organisations/", views.organisations, name="organisations", may=Can.SEE_ORGANISATIONS),
    route("organisations/add/", views.add, name="add", may=Can.CREATE_ORGANISATIONS),
    route("organisations/<str:code>/", views.organisation, name="organisation", may=Can.SEE_ORGANISATIONS),
    route("organisations/<str:code>/rename/", views.rename, name="rename", may=Can.EDIT_ORGANISATIONS),
    route("organisations/<str:code>/systems/add/", views.start_system, name="start-system", may=Can.EDIT_ORGANISATIONS),
    route(
        "organisations/<str:code>/systems/<str:system>/stop/",
        views.stop_system,
        name="stop-system",
        may=Can.EDIT_ORGANISATIONS,
    ),
    route(
        "organisations/<str:code>/services/add/", views.start_service, name="start-service", may=Can.EDIT_ORGANISATIONS
    ),
    route(
        "organisations/<str:code>/services/<str:service>/stop/",
        views.stop_service,
        name="stop-service",
        may=Can.EDIT_ORGANISATIONS,
    ),
]
