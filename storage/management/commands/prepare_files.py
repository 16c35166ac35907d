"""Make sure that members' files can be kept where FILES_URL says."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

PROBE = "octavo-probe"


class Command(BaseCommand):
    help = "Creates the S3 bucket of FILES_URL where it is missing, and tries writing, reading and deleting."

    def handle(self, *args: Any, **options: Any) -> None:
        backend: Any = storages["files"]
        try:
            if hasattr(backend, "bucket"):
                self._make_bucket(backend)
            name = backend.save(PROBE, ContentFile(b"octavo"))
            with backend.open(name) as probe:
                if probe.read() != b"octavo":
                    raise CommandError("FILES_URL: what was written does not come back as it was")
            backend.delete(name)
        except CommandError:
            raise
        except Exception as error:  # each library that speaks S3 has errors of its own
            raise CommandError(f"FILES_URL: files cannot be kept there: {error}") from error
        self.stdout.write("Files can be kept.")

    def _make_bucket(self, backend: Any) -> None:
        client = backend.connection.meta.client
        names = [bucket["Name"] for bucket in client.list_buckets()["Buckets"]]
        if backend.bucket_name not in names:
            client.create_bucket(Bucket=backend.bucket_name)
            self.stdout.write(f"Made the bucket {backend.bucket_name}.")
