"""Which places for files the environment names, and what is refused when the process starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.environment import BadSetting
from config.file_places import chosen_place, file_places

AWAY = Path("/var/files")
SECRET = "s3cr3t"


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, dict[str, object]]:
    for name in ("FILES_URL", "FILES_PLACES", "FILES_PLACE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return file_places(default=AWAY)


def test_without_an_address_files_lie_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = {"BACKEND": "storage.places.disk.Disk", "OPTIONS": {"location": "/var/files"}}
    assert read(monkeypatch) == {"files": disk}


def test_several_places_have_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    found = read(
        monkeypatch,
        FILES_URL="s3://key:a%2Fb@/books?region=eu-west-1",
        FILES_PLACES=f"us=gs://books?credentials={tmp_path}/key.json  eu-2=azure+https://me:a%3D%3D@store.example/b",
    )
    assert list(found) == ["files", "files-us", "files-eu-2"]
    s3, google, azure = (one["OPTIONS"] for one in found.values())
    assert isinstance(s3, dict) and isinstance(google, dict) and isinstance(azure, dict)
    assert (s3["bucket_name"], s3["secret_key"], s3["region_name"], s3["endpoint_url"]) == (
        "books",
        "a/b",
        "eu-west-1",
        None,
    )
    assert (google["bucket_name"], google["key_file"]) == ("books", f"{tmp_path}/key.json")
    assert (azure["account_name"], azure["account_key"], azure["endpoint"]) == (
        "me",
        "a==",
        "https://store.example",
    )


def test_place_of_new_organisations_is_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, FILES_PLACES="attic=file:///attic")
    assert chosen_place(found) == "default"
    monkeypatch.setenv("FILES_PLACE", "attic")
    assert chosen_place(found) == "attic"
    monkeypatch.setenv("FILES_PLACE", "loft")
    with pytest.raises(BadSetting, match="FILES_PLACE must be one of default, attic"):
        chosen_place(found)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        (f"ftp://me:{SECRET}@host/x", "must begin with file: or s3:"),
        ("file://folder", "must be file:///folder"),
        (f"s3://me:{SECRET}@host", "names no bucket"),
        (f"s3://me:{SECRET}@host/bucket/folder", "a bucket of its own"),
        ("s3://me@host/bucket", "a key without its secret"),
        (f"s3://me:{SECRET}@host:port/bucket", "is not an address"),
        (f"s3://me:{SECRET}@host/bucket?colour=red", "unknown options: colour"),
        ("gs:///bucket", "must be gs://bucket"),
        (f"gs://me:{SECRET}@bucket", "must be gs://bucket"),
        ("gs://bucket?credentials=/nowhere.json", "that is not there: /nowhere.json"),
        ("azure://account/container", "must hold the storage account and its key"),
        (f"azure://me:{SECRET}@/", "names no container"),
        (f"s3://me:{SECRET}@/b?cdn=http://cdn.example&cdn_key=public", "must have cdn=https://host"),
        (f"s3://me:{SECRET}@/b?cdn=https://cdn.example", "must have cdn_key=public"),
        (f"s3://me:{SECRET}@/b?cdn=https://cdn.example&cdn_key=cloudfront:K:/no.pem", "not there: /no.pem"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_telling_keys(
    monkeypatch: pytest.MonkeyPatch, address: str, complaint: str
) -> None:
    for variables in ({"FILES_URL": address}, {"FILES_PLACES": f"there={address}"}):
        with pytest.raises(BadSetting, match=complaint) as refused:
            read(monkeypatch, **variables)
        assert SECRET not in str(refused.value)
        assert next(iter(variables)) in str(refused.value)


@pytest.mark.parametrize("names", ["attic", "default=file:///x", "A=file:///x", "a=file:///x a=file:///y"])
def test_names_are_plain_and_used_once(monkeypatch: pytest.MonkeyPatch, names: str) -> None:
    with pytest.raises(BadSetting, match="each name once"):
        read(monkeypatch, FILES_PLACES=names)
