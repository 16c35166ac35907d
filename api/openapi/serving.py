"""The description over HTTP: for everybody, on every host, made once in each process."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any, Literal

import yaml
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.views import View
from drf_spectacular.generators import SchemaGenerator

Form = Literal["json", "yaml"]
TYPES: dict[Form, str] = {
    "json": "application/vnd.oai.openapi+json; charset=utf-8",
    "yaml": "application/vnd.oai.openapi; charset=utf-8",
}
URLCONF = "config.urls"


class DescriptionView(View):
    """For everybody: OpenAPI 3.1 as JSON; as YAML with `?format=yaml`, or where `Accept` asks for it."""

    resource = None

    def get(self, request: HttpRequest) -> HttpResponse:
        form = _form(request)
        body, etag = written(form)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            answer = HttpResponse(status=304)
        else:
            answer = HttpResponse(body, content_type=TYPES[form])
            answer["Content-Disposition"] = f'inline; filename="octavo.{form}"'
        answer["ETag"] = etag
        answer["Cache-Control"] = "public, max-age=300"
        answer["Access-Control-Allow-Origin"] = "*"  # it is public, and tools in a browser read it
        patch_vary_headers(answer, ["Accept"])
        return answer


def _form(request: HttpRequest) -> Form:
    asked = request.GET.get("format", "")
    if asked in ("json", "yaml"):
        return "yaml" if asked == "yaml" else "json"
    accepted = request.headers.get("Accept", "")
    return (
        "yaml" if "json" not in accepted and ("yaml" in accepted or "vnd.oai.openapi" in accepted) else "json"
    )


@functools.cache
def written(form: Form) -> tuple[bytes, str]:
    """The description's bytes and their ETag. The same in every process and at every time."""
    if form == "yaml":
        text = yaml.safe_dump(description(), sort_keys=False, allow_unicode=True, width=120)
    else:
        text = json.dumps(description(), ensure_ascii=False, separators=(",", ":"))
    return text.encode(), quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])


@functools.cache
def description() -> dict[str, Any]:
    """The description as plain data, in English; nobody may change what comes back."""
    generator: Any = SchemaGenerator
    with translation.override("en"):
        made = generator(urlconf=URLCONF).get_schema(request=None, public=True)
    plain: dict[str, Any] = json.loads(json.dumps(made, default=str))
    return plain
