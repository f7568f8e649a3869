"""Every address of the site, room by room."""

from django.urls import include, path

from preceptor.foundation.access import ANYONE
from preceptor.register.accounts.urls import sign_in
from preceptor.ui.routing import route

from . import views

urlpatterns = [
    route("design-system.css", views.design_system, name="design-system", may=ANYONE),
    path("", include(sign_in)),
    path("", include("preceptor.register.accounts.urls")),
    path("", include("preceptor.register.organisations.urls")),
    path("", include("preceptor.register.people.urls")),
    path("", include("preceptor.compliance.records.urls")),
    path("", include("preceptor.compliance.packs.urls")),
    path("", include("preceptor.compliance.requirements.urls")),
    path("", include("preceptor.compliance.standing.urls")),
    path("", include("preceptor.compliance.rulemaking.urls")),
    path("", include("preceptor.compliance.equivalences.urls")),
    path("", include("preceptor.training.skills.urls")),
    path("", include("preceptor.training.capability.urls")),
    path("", include("preceptor.training.champions.urls")),
    path("", include("preceptor.training.rollouts.urls")),
    path("", include("preceptor.training.cover.urls")),
    path("", include("preceptor.training.inductions.urls")),
    path("", include("preceptor.training.services.urls")),
    path("", include("preceptor.training.planner.urls")),
    path("", include("preceptor.oversight.mine.urls")),
    path("", include("preceptor.oversight.practices.urls")),
    path("", include("preceptor.oversight.hubs.urls")),
    path("", include("preceptor.oversight.evidence.urls")),
    path("", include("preceptor.oversight.forecasts.urls")),
]

handler403 = views.refused
handler404 = views.missing
handler500 = views.fault
