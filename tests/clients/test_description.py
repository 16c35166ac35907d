"""What the description says of every operation, and that its examples are true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from api.faults import FAULTS
from api.openapi.completing import operations
from api.openapi.examples import EXAMPLES
from api.openapi.serving import description
from api.openapi.tags import DESCRIPTIONS
from formats.builders import BUILDERS
from notifications.webhooks.catalogue import CATALOGUE
from storage import pictures
from tenants.api_keys.scopes import SCOPES
from tests.api.described import faults_in, operations_by_id
from tests.conftest import HostClient

pytestmark = pytest.mark.django_db

SCHEMA = "/api/v1/schema/"
OPERATIONS = operations_by_id()
NAME = re.compile(r"[a-z]+(_[a-z]+)*")


def test_description_is_public(client: HostClient) -> None:
    answer = client.get(SCHEMA)
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


def test_description_comes_as_json_or_yaml_and_is_sent_once(client: HostClient) -> None:
    as_json = client.get(SCHEMA)
    for asked in (client.get(SCHEMA, {"format": "yaml"}), client.get(SCHEMA, HTTP_ACCEPT="application/yaml")):
        assert asked["Content-Type"].startswith("application/vnd.oai.openapi;")
        assert yaml.safe_load(asked.content) == as_json.json()
    again = client.get(SCHEMA, HTTP_IF_NONE_MATCH=as_json["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_names_are_words_that_occur_once() -> None:
    names = [operation["operationId"] for _, _, operation in operations(description())]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if not NAME.fullmatch(name)] == []
    assert {"books_list", "books_create", "books_retrieve", "books_chapters_update", "jobs_cancel"} <= set(
        names
    )


def test_operations_are_told_in_a_line_below_a_described_tag() -> None:
    told = {name: operation.get("summary", "") for name, operation in OPERATIONS.items()}
    assert {name: line for name, line in told.items() if not 8 <= len(line) <= 90} == {}
    assert {tag for operation in OPERATIONS.values() for tag in operation["tags"]} <= DESCRIPTIONS.keys()


def test_operations_name_the_scope_that_they_need() -> None:
    for method, operation in ((method, operation) for _, method, operation in operations(description())):
        scopes = operation["x-required-scopes"]
        assert set(scopes) <= set(SCOPES)
        assert all(scope.endswith(":read" if method == "get" else ":write") for scope in scopes)
        assert operation["security"] == [{"apiKey": scopes}, {"session": []}]
    assert OPERATIONS["books_create"]["x-required-scopes"] == ["books:write"]


def test_errors_are_problems_with_their_headers() -> None:
    made = description()
    for operation in OPERATIONS.values():
        assert {"401", "403", "429"} <= operation["responses"].keys()
    assert {"402", "409", "422"} <= OPERATIONS["books_create"]["responses"].keys()
    assert "412" in OPERATIONS["books_chapters_update"]["responses"]
    for name, answer in made["components"]["responses"].items():
        ((form, media),) = answer["content"].items()
        assert form == "application/problem+json", name
        for example in media["examples"].values():
            check(made["components"]["schemas"]["Problem"], example["value"])
    told = {name for answer in made["components"]["responses"].values() for name in examples_of(answer)}
    assert told == {fault.name for fault in FAULTS.values() if fault.status not in (405, 500)}


def test_writes_take_idempotency_keys_and_reads_give_versions() -> None:
    for _, method, operation in operations(description()):
        sent = [one["$ref"].rsplit("/", 1)[1] for one in operation.get("parameters", ()) if "$ref" in one]
        assert ("IdempotencyKey" in sent) == (method != "get")
        assert ("IfMatch" in sent) == (method in ("put", "patch", "delete"))
        assert ("IfNoneMatch" in sent) == ("304" in operation["responses"]) == (method == "get")
    assert "ETag" in OPERATIONS["books_retrieve"]["responses"]["200"]["headers"]
    assert "Location" in OPERATIONS["books_create"]["responses"]["202"]["headers"]


def test_events_are_described_with_examples_that_fit() -> None:
    described = description()["webhooks"]
    assert set(described) == {one.name for one in CATALOGUE}
    for name, of in described.items():
        media = of["post"]["requestBody"]["content"]["application/json"]
        check(media["schema"], media["example"])
        assert media["example"]["type"] == name and of["post"]["summary"]


def test_bodies_are_json_but_for_files() -> None:
    forms = {name: [*of["requestBody"]["content"]] for name, of in OPERATIONS.items() if "requestBody" in of}
    assert forms["books_create"] == ["application/json"]
    assert forms["books_import"] == forms["books_pictures_update"] == ["multipart/form-data"]


def test_files_say_in_which_forms_they_come() -> None:
    forms = OPERATIONS["books_formats_download"]["responses"]["200"]["content"]
    assert {"application/pdf", "application/epub+zip"} <= forms.keys()
    for name, operation in OPERATIONS.items():
        for status, answer in operation["responses"].items():
            content = answer.get("content", {})
            assert "*/*" not in content, name
            assert content.get("application/json", {}).get("schema", {}).get("format") != "binary", name
            assert answer.get("description") or "$ref" in answer, (name, status)


def test_kept_files_come_in_every_form_that_is_kept() -> None:
    forms = OPERATIONS["files_download"]["responses"]["200"]["content"]
    books = {builder.media_type for builder in BUILDERS.values()}
    shown, sent = set(pictures.SUFFIXES), {*pictures.SENT_SUFFIXES, "application/octet-stream"}
    assert forms.keys() == books | shown | sent


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_fit_the_description(name: str) -> None:
    operation, example = OPERATIONS[name], EXAMPLES[name]
    if example.request is not None:
        check(operation["requestBody"]["content"]["application/json"]["schema"], example.request)
    if example.answer is not None:
        status = next(status for status in operation["responses"] if status.startswith("2"))
        answer = operation["responses"][status]["content"]["application/json"]
        assert answer["example"] == example.answer
        check(answer["schema"], example.answer)
        assert missing(answer["schema"], example.answer) == []


def test_whatever_is_sent_or_answered_in_json_has_an_example_that_fits() -> None:
    wrong, shown = [], 0
    for name, operation in OPERATIONS.items():
        for what, media in bodies(operation):
            shown += 1
            if "example" not in media:
                wrong.append(f"{name} {what} has none")
            else:
                wrong += [f"{name} {what} {fault}" for fault in faults_in(media["schema"], media["example"])]
    assert wrong == []
    assert shown > 200


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON of a request and of answers that went well."""
    answers = {status: of for status, of in operation["responses"].items() if status.startswith("2")}
    for what, of in {"sent": operation.get("requestBody", {}), **answers}.items():
        if "application/json" in of.get("content", {}):
            yield what, of["content"]["application/json"]


def test_examples_are_sent_without_what_is_only_read() -> None:
    sent = OPERATIONS["groups_update"]["requestBody"]["content"]["application/json"]["example"]
    assert sent.keys() == {"name", "description", "tier"}


def check(schema: dict[str, Any], value: Any) -> None:
    assert faults_in(schema, value) == []


def examples_of(answer: dict[str, Any]) -> dict[str, Any]:
    examples: dict[str, Any] = answer["content"]["application/problem+json"]["examples"]
    return examples


def missing(schema: dict[str, Any], value: Any) -> list[str]:
    """Fields of the outermost object that an answer has and the example does not, and the other way round."""
    while "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return sorted(schema.get("properties", {}).keys() ^ value.keys()) if isinstance(value, dict) else []
