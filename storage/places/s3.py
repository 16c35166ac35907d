"""Amazon S3, and every server that speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import lru_cache
from typing import IO, Any, cast

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from storage.places.contract import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    PART,
    PIECE,
    TRIES,
    About,
    Lying,
    Missing,
    Place,
    Unavailable,
    fault_by,
)

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_PASSING = frozenset({"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "IncompleteBody"})


class S3(S3Storage, Place):
    """Parts are checked on their way by SHA-256, and an upload that fails is taken back."""

    called = "S3"

    def get_default_settings(self) -> dict[str, Any]:
        own = {"cdn": None, "file_overwrite": True, "default_acl": None, "gzip": False}
        return {**super().get_default_settings(), **own}

    def __init__(self, **settings: Any) -> None:
        transfer = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=4)
        super().__init__(transfer_config=transfer, **settings)

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        extra = {
            "ContentType": about.content_type,
            "ContentDisposition": about.disposition(),
            "Metadata": {"sha256": about.sha256},
            "ChecksumAlgorithm": "SHA256",
        }
        stream.seek(0)
        with self.told():
            self._client.upload_fileobj(
                _Unclosed(stream), self.bucket_name, key, ExtraArgs=extra, Config=self.transfer_config
            )

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        with self.told():
            answer = self._client.get_object(**self._at(key), Range=f"bytes={start}-{end - 1}")
            with closing(answer["Body"]) as body:
                yield from body.iter_chunks(PIECE)

    def stat(self, key: str) -> Lying | None:
        try:
            with self.told():
                found = self._client.head_object(**self._at(key))
        except Missing:
            return None
        return Lying(key, found["ContentLength"], found["LastModified"])

    def listing(self, prefix: str) -> Iterator[Lying]:
        with self.told():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=f"{prefix}/"):
                for one in page.get("Contents", ()):
                    yield Lying(one["Key"], one["Size"], one["LastModified"])

    def forget_unfinished(self, prefix: str, *, before: datetime) -> int:
        forgotten = 0
        with self.told():
            pages = self._client.get_paginator("list_multipart_uploads")
            for page in pages.paginate(Bucket=self.bucket_name, Prefix=f"{prefix}/"):
                for one in page.get("Uploads", ()):
                    if one["Initiated"] < before:
                        self._client.abort_multipart_upload(**self._at(one["Key"]), UploadId=one["UploadId"])
                        forgotten += 1
        return forgotten

    def prepare(self) -> str:
        with self.told():
            try:
                self._client.head_bucket(Bucket=self.bucket_name)
                return ""
            except ClientError as error:
                if _code(error) not in (*_MISSING, "NoSuchBucket"):
                    raise
            region = self.region_name or "us-east-1"
            place = (
                {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            )
            self._client.create_bucket(Bucket=self.bucket_name, **place)
        return str(self.bucket_name)

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> str:
        answered = {
            "ResponseContentDisposition": about.disposition(attached=attached),
            "ResponseContentType": about.content_type,
        }
        return str(cast(Any, self).url(key, parameters=answered, expire=seconds))

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = _code(error)
            if code in _MISSING:
                raise Missing(str(error)) from error
            if code in _PASSING:
                raise Unavailable(str(error)) from error
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            raise fault_by(status, str(error)) from error
        except (BotoCoreError, Boto3Error, OSError) as error:
            raise Unavailable(str(error)) from error

    def delete(self, key: str) -> None:
        self._client.delete_object(**self._at(key))

    @property
    def connection(self) -> Any:
        """One for all threads: of it only the client is used, which may be shared; making one costs 0.5 s."""
        keys = (self.access_key, self.secret_key, self.security_token)
        return _connection(keys, self.region_name, self.endpoint_url, self.addressing_style)

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": key}


class _Unclosed:
    """A stream that boto3 may not close when it is done: the caller may still want it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.read, self.seek, self.tell = stream.read, stream.seek, stream.tell

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        pass


@lru_cache
def _connection(
    keys: tuple[str | None, str | None, str | None], region: str | None, endpoint: str | None, style: str
) -> Any:
    key, secret, token = keys
    session = boto3.Session(aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": style},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        retries={"mode": "standard", "total_max_attempts": TRIES},
    )
    return session.resource("s3", region_name=region, endpoint_url=endpoint, config=config)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
