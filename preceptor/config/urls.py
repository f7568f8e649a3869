"""Every address of the site, room by room."""

from django.urls import include, path

from preceptor.register.accounts.urls import sign_in

from . import views

urlpatterns = [
    path("", include(sign_in)),
    path("", include("preceptor.register.accounts.urls")),
    path("", include("preceptor.register.organisations.urls")),
    path("", include("preceptor.register.people.urls")),
    path("", include("preceptor.compliance.records.urls")),
    path("", include("preceptor.compliance.requirements.urls")),
    path("", include("preceptor.compliance.standing.urls")),
    path("", include("preceptor.oversight.mine.urls")),
    path("", include("preceptor.oversight.practices.urls")),
    path("", include("preceptor.oversight.hubs.urls")),
]

handler403 = views.refused
handler404 = views.missing
handler500 = views.fault
