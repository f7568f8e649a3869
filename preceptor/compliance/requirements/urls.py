"""Routes of requirements, with their permissions."""

from django.urls import URLPattern

app_name = "requirements"

urlpatterns: list[URLPattern] = []
