"""Routes about cover, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "cover"

urlpatterns = [
    route("practices/<str:code>/cover/", views.cover, name="cover", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/cover.csv", views.cover_csv, name="csv", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/cover/choose/", views.choose, name="choose", may=Can.PLAN_WORK),
    route("practices/<str:code>/cover/across/", views.across, name="across", may=Can.SEE_SHARES),
    route("practices/<str:code>/cover/<uuid:ability>/", views.ability, name="ability", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/cover/<uuid:ability>/change/", views.change, name="change", may=Can.PLAN_WORK),
    route("practices/<str:code>/cover/<uuid:ability>/drop/", views.drop, name="drop", may=Can.PLAN_WORK),
    route(
        "practices/<str:code>/cover/sessions/<str:on>/<str:session>/",
        views.session,
        name="session",
        may=Can.SEE_PRACTICE,
    ),
    route("practices/<str:code>/rota/", views.rota, name="rota", may=Can.PLAN_WORK),
    route("practices/<str:code>/rota/import/", views.rota_import, name="import", may=Can.PLAN_WORK),
    route("practices/<str:code>/rota/import/check/", views.rota_check, name="import-check", may=Can.PLAN_WORK),
    route("practices/<str:code>/rota/<uuid:rota>/undo/", views.undo, name="undo", may=Can.PLAN_WORK),
]
