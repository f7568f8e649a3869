"""Routes of forecasts, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "forecasts"

urlpatterns = [
    route("practices/<str:code>/over-training/", views.over_training, name="over-training", may=Can.SEE_PRACTICE),
]
