"""Routes about a practice's training, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "practices"

urlpatterns = [
    route("practices/<str:code>/", views.today, name="today", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/training/", views.training, name="matrix", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/training.csv", views.training_csv, name="matrix-csv", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/training.xlsx", views.training_xlsx, name="matrix-xlsx", may=Can.SEE_PRACTICE),
    route("practices/<str:code>/training/people/<uuid:person>/", views.person, name="person", may=Can.SEE_PRACTICE),
    route(
        "practices/<str:code>/training/requirements/<slug:key>/",
        views.requirement,
        name="requirement",
        may=Can.SEE_PRACTICE,
    ),
]
