"""Routes of practices, with their permissions."""

from django.urls import URLPattern

app_name = "practices"

urlpatterns: list[URLPattern] = []
