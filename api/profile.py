"""One's own profile over REST."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import person
from api.text import ModelSerializer, TextField
from api.views import View
from tenants.accounts.models import Theme, User


class ProfileSerializer(ModelSerializer[User]):
    """Who one is, on the whole platform. `language` is blank for the browser's own."""

    name = TextField(max_length=120)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, allow_blank=True)
    theme = serializers.ChoiceField(choices=Theme.choices)

    class Meta:
        model = User
        fields = ["id", "email", "name", "language", "time_zone", "theme"]
        read_only_fields = ["id", "email"]


class ProfileView(View):
    """One's own."""

    resource = "profile"

    @extend_schema(responses=ProfileSerializer)
    def get(self, request: Request) -> Response:
        """Name, language, time zone and theme."""
        return Response(ProfileSerializer(person(request)).data)

    @extend_schema(request=ProfileSerializer(partial=True), responses=ProfileSerializer)
    def patch(self, request: Request) -> Response:
        """Change what is named."""
        user = User.objects.get(pk=person(request).pk)
        asked = ProfileSerializer(user, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return Response(ProfileSerializer(asked.save()).data)
