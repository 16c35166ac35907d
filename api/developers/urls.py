"""Addresses of the pages for those who write programs, at /developers/ on the platform's host."""

from django.urls import path

from api.developers import views

app_name = "developers"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("reference/", views.reference, name="reference"),
    path("errors/", views.errors, name="errors"),
    path("<slug:name>/", views.guide, name="guide"),
]
