"""Addresses of the platform's public pages."""

from django.urls import path

from lobby import views

app_name = "lobby"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("prices/", views.prices, name="prices"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("enter/", views.enter, name="enter"),
]
