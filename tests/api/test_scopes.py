"""What keys may do, operation by operation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tenants.api_keys.scopes import Resource

KNOWN = {*Resource.values, None}


def views(resolver: URLResolver) -> Iterator[type]:
    """Every view class below an address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        elif isinstance(entry, URLPattern):
            yield getattr(entry.callback, "cls", None) or entry.callback.view_class  # type: ignore[attr-defined]


def test_every_view_says_what_it_is_about() -> None:
    found = set(views(get_resolver("api.urls")))
    wrong = {view.__name__ for view in found if getattr(view, "resource", "") not in KNOWN}
    assert len(found) > 15
    assert not wrong
