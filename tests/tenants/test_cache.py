from django.core.cache import cache, caches

from tenants.context import entered, in_public


def test_organisations_do_not_share_what_they_cache(organisation, other_organisation):
    with entered(organisation):
        cache.set("draft", "ours")
    with entered(other_organisation):
        assert cache.get("draft") is None
        cache.set("draft", "theirs")
    with in_public():
        assert cache.get("draft") is None
    with entered(organisation):
        assert cache.get("draft") == "ours"


def test_what_is_shared_is_shared(organisation):
    caches["shared"].set("prices", 1)
    with entered(organisation):
        assert caches["shared"].get("prices") == 1
