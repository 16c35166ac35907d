"""The language of a page: the person's own choice, else the browser's."""

from __future__ import annotations

from typing import Any

from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_supported_language_variant


class LanguageMiddleware(LocaleMiddleware):
    """Django's, with the profile of whoever is signed in before the cookie and the browser."""

    def process_request(self, request: Any) -> None:
        chosen = request.user.language if request.user.is_authenticated else ""
        if not chosen:
            super().process_request(request)
            return
        try:
            language = get_supported_language_variant(chosen)
        except LookupError:
            super().process_request(request)
            return
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
