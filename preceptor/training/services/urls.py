"""Routes about services to patients, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "services"

_ONE = "practices/<str:code>/services/<slug:service>/"

urlpatterns = [
    route("services/", views.across, name="across", may=Can.SEE_SHARES),
    route("practices/<str:code>/services/", views.services, name="services", may=Can.SEE_REQUIREMENTS),
    route(_ONE, views.service, name="service", may=Can.SEE_REQUIREMENTS),
    route(f"{_ONE}offer/", views.offer, name="offer", may=Can.EDIT_SERVICES),
    route(f"{_ONE}supplier/", views.supplier, name="supplier", may=Can.EDIT_SERVICES),
    route(f"{_ONE}supplier/call-off/", views.call_off, name="call-off", may=Can.EDIT_SERVICES),
    route(f"{_ONE}stop/", views.stop, name="stop", may=Can.EDIT_SERVICES),
    route(f"{_ONE}roles/", views.roles, name="roles", may=Can.EDIT_SERVICES),
    route(f"{_ONE}text/", views.text, name="text", may=Can.EDIT_SERVICES),
]
