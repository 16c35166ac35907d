"""The pages for those who write programs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from api.developers import guides
from tests.conftest import HostClient
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def tree(response: Any) -> html.HtmlElement:
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def test_every_guide_is_a_page_and_in_the_navigation(platform_client: HostClient) -> None:
    overview = tree(platform_client.get("/developers/"))
    listed = overview.xpath("//nav[contains(@class, 'guide-nav')]//a/@href")
    assert [one.url for one in guides.guides()] == listed[: -len(("reference", "errors"))]
    for name in guides.names():
        page = tree(platform_client.get(f"/developers/{name}/"))
        assert page.xpath("//article/h1/text()") == [guides.guide(name).title]
        assert page.xpath("//nav//a[@aria-current='page']/@href") == [f"/developers/{name}/"]


def test_links_between_guides_lead_to_pages_that_are_there(platform_client: HostClient) -> None:
    for one in guides.guides():
        page = tree(platform_client.get(one.url))
        for address in page.xpath("//article//a/@href"):
            path, _hash, anchor = address.partition("#")
            assert re.match(r"https?://|/", address), f"{one.name}: {address}"
            if path.startswith("/developers/"):
                there = tree(platform_client.get(path))
                assert not anchor or there.xpath(f"//*[@id='{anchor}']"), f"{one.name}: {address}"


def test_code_can_be_copied_as_it_stands(platform_client: HostClient) -> None:
    page = tree(platform_client.get("/developers/quick-start/"))
    codes = [code.text_content().rstrip("\n") for code in page.xpath("//pre")]
    assert codes == page.xpath("//button/@data-copy")
    assert any("Authorization: Bearer" in code for code in codes)


def test_unknown_guides_are_not_found(platform_client: HostClient) -> None:
    for name in ("nowhere", "integrators"):
        assert platform_client.get(f"/developers/{name}/").status_code == 404


def test_french_readers_are_told_that_guides_are_in_english(platform_client: HostClient) -> None:
    page = tree(platform_client.get("/developers/", HTTP_ACCEPT_LANGUAGE="fr"))
    assert page.get("lang") == "fr"
    assert page.xpath("//article/@lang") == ["en"]


def test_reference_reads_the_description_of_its_own_host(platform_client: HostClient) -> None:
    page = tree(platform_client.get("/developers/reference/"))
    assert page.xpath("//*[@id='reference']/@data-schema") == ["/api/v1/schema/"]
    sources = page.xpath("//script/@src | //link/@href")
    assert [one for one in sources if not one.startswith("/static/")] == []


def test_errors_have_a_line_each_where_their_type_leads(platform_client: HostClient) -> None:
    from api.faults import FAULTS

    page = tree(platform_client.get("/developers/errors/"))
    assert page.xpath("//tbody/tr/@id") == list(FAULTS)
    assert {fault.type.rpartition("/")[2] for fault in FAULTS.values()} == {f"#{name}" for name in FAULTS}


def test_pages_ask_the_database_nothing(platform_client: HostClient) -> None:
    guides.guides()
    for path in ("/developers/", "/developers/quick-start/", "/developers/reference/", "/developers/errors/"):
        assert queries_of(platform_client, path) == 0, path
