"""Routes of people, with their permissions."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
