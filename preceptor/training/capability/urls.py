"""Routes about the self-assessment, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "capability"

urlpatterns = [
    route("my/capability/", views.mine, name="mine", may=Can.RATE_SKILLS),
    route("my/capability/forget/", views.forget, name="forget", may=Can.RATE_SKILLS),
    route("my/capability/<slug:part>/", views.part, name="part", may=Can.RATE_SKILLS),
    route("practices/<str:code>/capability/", views.report, name="report", may=Can.SEE_SHARES),
    route("practices/<str:code>/capability.csv", views.report_csv, name="csv", may=Can.SEE_SHARES),
]
