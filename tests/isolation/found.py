"""The routes that there are, as the URL configuration, the API's description and the ASGI table have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

from live import streams

_ARGUMENT = re.compile(r"%\(\w+\)s")

HERE, PLATFORM = "config.urls", "config.platform_urls"


def patterns(urlconf: str) -> Iterator[tuple[str, URLPattern]]:
    """Each route with its name; what has no name goes by its pattern."""

    def walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield namespace + str(pattern.name or pattern.pattern), pattern
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern, namespace + inner)

    yield from walk(get_resolver(urlconf), "")


def names(urlconf: str) -> set[str]:
    return {name for name, _pattern in patterns(urlconf)}


def routes() -> list[str]:
    """All of them, on both kinds of host and beside Django."""
    return [*names(HERE), *names(PLATFORM), *streams.ROUTES]


def operations() -> set[tuple[str, str]]:
    """The path, with a star for each argument, and the method of each operation of the API."""
    described = SchemaGenerator(urlconf=HERE).get_schema(public=True)
    return {
        (re.sub(r"{\w+}", "*", path), method.upper())
        for path, of in described["paths"].items()
        for method in of
    }


def paths(name: str) -> list[str]:
    """The addresses on an organisation's host of the route of that name, with a star for each argument."""
    resolver = get_resolver(HERE)
    namespace, _colon, rest = name.rpartition(":")
    prefix = ""
    if namespace:
        prefix, resolver = resolver.namespace_dict[namespace]
    return [
        f"/{prefix}{_ARGUMENT.sub('*', template)}"
        for possibility, *_more in resolver.reverse_dict.getlist(rest)
        for template, _parameters in possibility
    ]
