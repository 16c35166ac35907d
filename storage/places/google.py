"""Google Cloud Storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Any

import requests
from google.api_core.exceptions import GoogleAPICallError, NotFound, RetryError
from google.auth.credentials import Signing
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.cloud.exceptions import Conflict
from google.cloud.storage import Client
from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
from google.cloud.storage.retry import DEFAULT_RETRY
from google.oauth2 import service_account
from storages.backends.gcloud import GoogleCloudStorage

from storage.places.contract import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    PART,
    PIECE,
    About,
    Lying,
    Missing,
    Place,
    Refused,
    Unavailable,
    fault_by,
)

_PASSING = (TransportError, RetryError, DataCorruption, InvalidResponse, requests.RequestException, OSError)
_TIMES = (CONNECT_SECONDS, ANSWER_SECONDS)
_RETRY = DEFAULT_RETRY.with_timeout(60)  # seconds for all tries of one request together


class _ElsewhereCredentials(service_account.Credentials):
    """An account of another server that speaks Google's protocol.

    Google is not asked, with the account's token, in which regions that one may be used.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


class Google(GoogleCloudStorage, Place):
    """Uploads are checked by CRC32C. Without a key file nothing can be signed: files then pass through us."""

    called = "Google Cloud"
    _client: Any

    def get_default_settings(self) -> dict[str, Any]:
        own = {"cdn": None, "key_file": None, "endpoint": None, "file_overwrite": True}
        return {**super().get_default_settings(), **own}

    @property
    def client(self) -> Client:
        if self._client is None:
            options = {"api_endpoint": self.endpoint} if self.endpoint else None
            if self.key_file and self.endpoint:
                key = _ElsewhereCredentials.from_service_account_file(self.key_file)  # type: ignore[no-untyped-call]
                self._client = Client(project=key.project_id, credentials=key, client_options=options)
            elif self.key_file:
                self._client = Client.from_service_account_json(self.key_file, client_options=options)
            else:
                self._client = Client(project=self.project_id, client_options=options)
        return self._client

    def put(self, key: str, stream: IO[bytes], about: About) -> None:
        with self.told():
            blob = self.bucket.blob(key, chunk_size=PART)
            blob.metadata = {"sha256": about.sha256}
            blob.content_disposition = about.disposition()
            try:
                blob.upload_from_file(
                    stream,
                    rewind=True,
                    size=about.size,
                    content_type=about.content_type,
                    checksum="crc32c",
                    timeout=_TIMES,
                    retry=_RETRY,  # the same bytes under the same key: may be repeated
                )
            except DataCorruption:  # found out once it was stored
                self.delete(key)
                raise

    def pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        with self.told():
            blob = self.bucket.blob(key)
            while start < end:
                stop = min(end, start + PIECE)
                yield blob.download_as_bytes(
                    start=start, end=stop - 1, checksum=None, timeout=_TIMES, retry=_RETRY
                )
                start = stop

    def stat(self, key: str) -> Lying | None:
        with self.told():
            blob = self.bucket.get_blob(key, timeout=_TIMES, retry=_RETRY)
        return Lying(key, blob.size, blob.updated) if blob else None

    def listing(self, prefix: str) -> Iterator[Lying]:
        with self.told():
            for blob in self.bucket.list_blobs(prefix=f"{prefix}/", timeout=_TIMES, retry=_RETRY):
                yield Lying(blob.name, blob.size, blob.updated)

    def prepare(self) -> str:
        with self.told():
            if self.bucket.exists(timeout=_TIMES, retry=_RETRY):
                return ""
            try:
                self.client.create_bucket(self.bucket_name, timeout=_TIMES)
            except Conflict:
                return ""
        return str(self.bucket_name)

    def presigned(self, key: str, about: About, *, attached: bool, seconds: int) -> str | None:
        if not isinstance(self.client._credentials, Signing):
            return None
        signed: str = self.bucket.blob(key).generate_signed_url(
            version="v4",
            expiration=timedelta(seconds=seconds),
            response_disposition=about.disposition(attached=attached),
            response_type=about.content_type,
            api_access_endpoint=self.endpoint,
        )
        return signed

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except NotFound as error:
            raise Missing(str(error)) from error
        except GoogleAPICallError as error:
            raise fault_by(int(error.code or 0), str(error)) from error
        except RefreshError as error:  # the key is not known, or not any more
            raise (Unavailable if error.retryable else Refused)(str(error)) from error
        except _PASSING as error:
            raise Unavailable(str(error)) from error
        except GoogleAuthError as error:
            raise Refused(str(error)) from error
