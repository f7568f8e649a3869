"""Routes of requirements, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "requirements"

urlpatterns = [
    route("practices/<str:code>/requirements/", views.requirements, name="requirements", may=Can.SEE_REQUIREMENTS),
    route("practices/<str:code>/requirements/<slug:key>/stop/", views.retire, name="retire", may=Can.EDIT_REQUIREMENTS),
    route("practices/<str:code>/adjustments/", views.adjustments, name="adjustments", may=Can.ADJUST),
    route("practices/<str:code>/adjustments/extend/", views.extend, name="extend", may=Can.ADJUST),
    route(
        "practices/<str:code>/adjustments/<uuid:adjustment>/withdraw/",
        views.withdraw_adjustment,
        name="withdraw-adjustment",
        may=Can.ADJUST,
    ),
    route("engagements/<uuid:engagement>/leave/", views.leave, name="leave", may=Can.ADJUST),
    route("engagements/<uuid:engagement>/exemption/", views.exemption, name="exemption", may=Can.ADJUST),
    route("catalogue/", views.catalogue, name="catalogue", may=Can.SEE_REQUIREMENTS),
    route("catalogue/<slug:key>/", views.template, name="template", may=Can.SEE_REQUIREMENTS),
]
