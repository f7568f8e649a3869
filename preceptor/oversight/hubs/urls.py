"""Routes of what is seen across practices, with their permissions."""

from preceptor.foundation.access import Can
from preceptor.ui.routing import route

from . import views

app_name = "hubs"

urlpatterns = [
    route("across/", views.practices, name="practices", may=Can.SEE_SHARES),
    route("across/adjustments/", views.adjustments, name="adjustments", may=Can.SEE_SHARES),
]
