"""Azure Blob Storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceNotFoundError,
)
from azure.storage.blob import BlobServiceClient, ContentSettings
from storages.backends.azure_storage import AzureStorage

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
    Refused,
    Unavailable,
    fault_by,
)


class Azure(AzureStorage, Place):
    """Blocks are checked by MD5, and a blob appears when its list of blocks is committed."""

    called = "Azure"

    def get_default_settings(self) -> dict[str, Any]:
        own = {"cdn": None, "endpoint": None, "overwrite_files": True}
        return {**super().get_default_settings(), **own}

    def _get_service_client(self) -> BlobServiceClient:
        host = self.endpoint or f"https://{self.account_name}.blob.{self.endpoint_suffix}"
        return BlobServiceClient(
            f"{host}/{self.account_name}" if self.endpoint else host,
            credential={"account_name": self.account_name, "account_key": self.account_key},
            connection_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retry_total=TRIES - 1,
            initial_backoff=1,  # seconds
            increment_base=2,
            max_single_put_size=PART,
            max_block_size=PART // 2,
            max_single_get_size=PIECE,
            max_chunk_get_size=PIECE,
        )

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        stream.seek(0)
        settings = ContentSettings(content_type=about.content_type, content_disposition=about.disposition())
        with self.told():
            self.client.get_blob_client(key).upload_blob(
                stream,
                length=about.size,
                overwrite=True,
                content_settings=settings,
                metadata={"sha256": about.sha256},
                validate_content=True,
                max_concurrency=2,
            )

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        with self.told():
            yield from self.client.get_blob_client(key).download_blob(start, end - start).chunks()

    def stat(self, key: str) -> Lying | None:
        try:
            with self.told():
                found = self.client.get_blob_client(key).get_blob_properties()
        except Missing:
            return None
        return Lying(key, found.size, found.last_modified)

    def listing(self, prefix: str) -> Iterator[Lying]:
        with self.told():
            for blob in self.client.list_blobs(name_starts_with=f"{prefix}/"):
                yield Lying(blob.name, blob.size, blob.last_modified)

    def prepare(self) -> str:
        with self.told():
            if self.client.exists():
                return ""
            try:
                self.client.create_container()
            except ResourceExistsError:
                return ""
        return str(self.azure_container)

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> str:
        answered = {
            "content_disposition": about.disposition(attached=attached),
            "content_type": about.content_type,
        }
        return str(cast(Any, self).url(key, expire=seconds, parameters=answered))

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except ResourceNotFoundError as error:
            raise Missing(str(error)) from error
        except ClientAuthenticationError as error:
            raise Refused(str(error)) from error
        except HttpResponseError as error:
            raise fault_by(error.status_code or 0, str(error)) from error
        except (AzureError, OSError) as error:
            raise Unavailable(str(error)) from error
