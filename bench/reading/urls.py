from django.urls import path

from bench.reading.views import title
from config.urls import urlpatterns as product

urlpatterns = [path("api/v1/bench/titles/<uuid:pk>/", title), *product]
