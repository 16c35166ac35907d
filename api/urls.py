"""Addresses of REST v1, mounted at /api/v1/ on each organisation's host."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from api.books import BookViewSet
from api.jobs import JobViewSet

app_name = "api"

router = SimpleRouter(use_regex_path=True)
router.register("books", BookViewSet, basename="book")
router.register("jobs", JobViewSet, basename="job")

urlpatterns = [path("schema/", SpectacularAPIView.as_view(), name="schema"), *router.urls]
