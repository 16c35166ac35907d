"""Addresses of the pages of what is used, limited and spent, on an organisation's host."""

from django.urls import path

from web.views.usage import costs, limits, overview

urlpatterns = [
    path("", overview.overview, name="usage"),
    path("people/", overview.people, name="usage_of_people"),
    path("limits/", limits.limits, name="limits"),
    path("limits/<uuid:limit_id>/remove/", limits.remove, name="remove_limit"),
    path("costs/", costs.costs, name="costs"),
    path("costs/budget/", costs.budget, name="budget"),
]
