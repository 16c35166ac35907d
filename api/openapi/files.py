"""Which forms bodies have: JSON, but for files."""

from __future__ import annotations

from typing import Any, Final

_BOOK: Final = (
    "application/pdf",
    "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "application/zip",  # Markdown with its pictures
)
_PICTURE: Final = ("image/jpeg", "image/png", "image/svg+xml")
_KEPT: Final = (
    *_BOOK,
    "text/markdown",
    "image/jpeg",
    "image/png",
    "image/gif",  # this and what follows: pictures as they were sent
    "image/webp",
    "image/avif",
    "application/octet-stream",
)
ANY: Final = "*/*"
_FORMS: Final = {
    "books_formats_download": _BOOK,
    "books_editions_download": _BOOK,
    "books_formats_first_pages": ("image/jpeg",),
    "books_cover_retrieve": _PICTURE,
    "books_pictures_retrieve": _PICTURE,
    "files_download": _KEPT,
}


def name_forms(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """A file has the forms that it can have; everything else is JSON, and a redirect is empty."""
    if body := operation.get("requestBody"):
        body["content"] = _sent(body["content"], schemas)
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        if status.startswith("3"):
            answer.pop("content", None)
        elif _is_file(content.get("application/json", {})):
            forms = _FORMS.get(operation["operationId"], ("application/octet-stream",))
            answer["content"] = dict.fromkeys(forms, content["application/json"])
        elif ANY in content and not _is_file(content[ANY]):
            answer["content"] = {"application/json": content[ANY]}
        if not answer.get("description"):
            answer["description"] = "Done." if status == "204" else "What was asked for."


def _sent(content: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Forms are read as well as JSON, but said only where there is a file to send."""
    if "application/json" not in content:
        return content
    schema = content["application/json"]["schema"]
    fields = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema).get("properties", {})
    has_file = any(field.get("format") == "binary" for field in fields.values())
    kept = "multipart/form-data" if has_file and "multipart/form-data" in content else "application/json"
    return {kept: content[kept]}


def _is_file(media: dict[str, Any]) -> bool:
    return bool(media.get("schema", {}).get("format") == "binary")
