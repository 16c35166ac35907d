"""Addresses of REST v1, mounted at /api/v1/ on each organisation's host."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from api.books import BookViewSet
from api.domains import DomainViewSet
from api.jobs import JobViewSet
from api.printing import PrintPackageViewSet

app_name = "api"

router = SimpleRouter(use_regex_path=True)
router.register("books", BookViewSet, basename="book")
router.register("jobs", JobViewSet, basename="job")
router.register("domains", DomainViewSet, basename="domain")
router.register(
    "books/(?P<book_pk>[0-9a-f-]{36})/print-packages", PrintPackageViewSet, basename="print-package"
)

urlpatterns = [path("schema/", SpectacularAPIView.as_view(), name="schema"), *router.urls]
