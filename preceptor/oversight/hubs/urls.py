"""Routes of hubs, with their permissions."""

from django.urls import URLPattern

app_name = "hubs"

urlpatterns: list[URLPattern] = []
