"""Routes of mine, with their permissions."""

from django.urls import URLPattern

app_name = "mine"

urlpatterns: list[URLPattern] = []
