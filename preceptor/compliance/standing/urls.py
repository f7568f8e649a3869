"""The route of the why page, with its permission: one's own, or that of the people one answers for."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "standing"

urlpatterns = [
    route(
        "practices/<str:code>/training/<uuid:engagement>/<slug:key>/",
        views.why,
        name="why",
        may=Can.SEE_STANDING,
    ),
]
