"""Routes of what someone sees of themselves, with their permissions."""

from preceptor.foundation.access import SIGNED_IN, Can
from preceptor.ui.routing import route

from . import views

app_name = "mine"

urlpatterns = [
    route("", views.home, name="home", may=SIGNED_IN),
    route("places/", views.places, name="places", may=SIGNED_IN),
    route("my/training/", views.training, name="training", may=Can.SEE_STANDING),
]
