"""Makes one book as a member of the running platform would: signs in, asks, follows, downloads.

Run as `python -m launcher.bookmaking` with a `Task` as JSON in OCTAVO_TASK.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from launcher.processes import LOOPBACK
from launcher.refusals import Refusal

FILES = {
    "PDF": "book.pdf",
    "EPUB": "book.epub",
    "DOCX": "book.docx",
    "HTML": "book.html",
    "MARKDOWN": "book.md",
}
MARKDOWN, ZIPPED = FILES["MARKDOWN"], b"PK"  # Markdown comes in a zip with its pictures
ENDED = ("COMPLETED", "FAILED", "CANCELLED")
LABELS = {
    "PENDING": "Waiting for a worker",
    "COMPLETED": "Finished",
    "FAILED": "Failed",
    "CANCELLED": "Cancelled",
}
STAGES = {
    "outline": "Planning the book",
    "chapters": "Writing",
    "illustrations": "Illustrating",
    "finalizing": "Proof-reading",
    "formats": "Typesetting",
    "announcing": "Telling that it is done",
}
SILENCE = 20.0  # seconds; the stream sends at least a comment every 15
RECONNECT = 1.0  # seconds before a stream that ended is opened again
STALLED = 900.0  # seconds without any change after which something must be wrong


@dataclass(frozen=True)
class Task:
    """`host` is the organisation's, to which requests for this machine's `port` are addressed."""

    commission: Mapping[str, Any]
    out: str
    port: int
    host: str
    email: str
    password: str
    logs: str


def main() -> int:
    task = Task(**json.loads(os.environ["OCTAVO_TASK"]))
    try:
        make(task)
    except Refusal as refusal:
        print(f"octavo: {refusal}", file=sys.stderr)
        return refusal.code
    except httpx.HTTPError as error:
        print(f"octavo: the platform did not answer ({error}): see {task.logs}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"octavo: {task.out} cannot be written ({error.strerror}): free some space.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. ./octavo up goes on with the book.", file=sys.stderr)
        return 130
    return 0


def make(task: Task) -> None:
    with Member(task) as member:
        member.sign_in()
        answer = member.post("/api/v1/books/", task.commission)
        book, job = answer["book"], answer["job"]
        job = show_progress(member.follow(job))
        if job["status"] != "COMPLETED":
            reason = job["error"] or "no reason was given"
            raise Refusal(f"The book was not finished ({reason}): see {task.logs}.")
        files = list(member.download(book["id"], Path(task.out)))
        finished = member.get(f"/api/v1/books/{book['id']}/")
    print(farewell(task, finished, job, files))


class Member:
    """A signed-in member, over HTTP alone."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.client = httpx.Client(
            base_url=f"http://{LOOPBACK}:{task.port}",
            headers={"Host": task.host},
            timeout=60,
            trust_env=False,
        )

    def __enter__(self) -> Member:
        return self

    def __exit__(self, *exception: object) -> None:
        self.client.close()

    def sign_in(self) -> None:
        """Through the form that people use."""
        address = "/accounts/login/"
        page = self.client.get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        if token is None:
            raise Refusal(
                f"The page to sign in does not work (status {page.status_code}): see {self.task.logs}."
            )
        form = {
            "login": self.task.email,
            "password": self.task.password,
            "csrfmiddlewaretoken": token[1],
        }
        answer = self.client.post(address, data=form)
        if answer.status_code != httpx.codes.FOUND:
            raise Refusal(f"Signing in did not work (status {answer.status_code}): see {self.task.logs}.")

    def get(self, address: str) -> Any:
        return self.checked(self.client.get(address)).json()

    def post(self, address: str, body: Mapping[str, Any]) -> Any:
        headers = {"X-CSRFToken": self.client.cookies.get("octavo_csrf") or ""}
        return self.checked(self.client.post(address, json=body, headers=headers)).json()

    def checked(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        if answer.is_client_error:
            raise Refusal(f"The platform does not take this book: {complaint(answer)}", code=2)
        raise Refusal(f"The platform failed (status {answer.status_code}): see {self.task.logs}.")

    def follow(self, job: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The job each time that it has changed, until it has ended."""
        yield job
        changed = time.monotonic()
        address = path_of(job["url"])
        for _ in self.news(path_of(job["events_url"])):
            now = self.get(address)
            if now != job:
                yield now
                job, changed = now, time.monotonic()
            if job["status"] in ENDED:
                return
            if time.monotonic() - changed > STALLED:
                raise Refusal(f"Nothing has happened for {STALLED / 60:.0f} minutes: see {self.task.logs}.")

    def news(self, events: str) -> Iterator[None]:
        """Returns control whenever the live stream tells something, and now and then when it is silent."""
        last = ""
        while True:
            try:
                redirect = self.client.get(events)
                stream = path_of(redirect.headers.get("location", events))
                patience = httpx.Timeout(60, read=SILENCE)
                with self.client.stream(
                    "GET", stream, headers={"Last-Event-ID": last}, timeout=patience
                ) as told:
                    yield
                    for line in told.iter_lines():
                        last = line.removeprefix("id: ") if line.startswith("id: ") else last
                        if line.startswith(("data:", ":")):
                            yield
            except httpx.HTTPError:
                yield
            time.sleep(RECONNECT)

    def download(self, book_id: str, out: Path) -> Iterator[Path]:
        """Saves all files of the book and its cover; each is compared with its recorded checksum."""
        ready = {row["format"]: row for row in self.get(f"/api/v1/books/{book_id}/formats/")}
        for name, file_name in FILES.items():
            row = ready.get(name)
            if row is None or not row["download_url"]:
                raise Refusal(f"The book has no {name} file: see {self.task.logs}.")
            content = self.checked(self.client.get(path_of(row["download_url"]))).content
            if hashlib.sha256(content).hexdigest() != row["sha256"]:
                raise Refusal(f"The {name} file arrived damaged: run the demo again.")
            if file_name == MARKDOWN and content.startswith(ZIPPED):
                yield written(out / "book-markdown.zip", content)
                content = text_of(content)
            yield written(out / file_name, content)
        cover = self.checked(self.client.get(f"/api/v1/books/{book_id}/cover/?type=png")).content
        yield written(out / "cover.png", cover)


def text_of(archive: bytes) -> bytes:
    """The Markdown in a zip, beside its pictures."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return files.read(next(name for name in files.namelist() if name.endswith(".md")))


def show_progress(states: Iterator[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Draws a bar at a terminal and prints a line a change elsewhere; returns the last state."""
    console = Console(stderr=True, highlight=False)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    job: Mapping[str, Any] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=None)
        say = once(lambda line: None if console.is_terminal else console.print(line, markup=False))
        for job in states:
            progress.update(
                bar, description=described(job), total=job["total"] or None, completed=job["done"]
            )
            say(described(job))
    return job


def once(say: Callable[[str], None]) -> Callable[[str], None]:
    """Passes a line on only where it differs from the last one."""
    last = ""

    def say_if_new(line: str) -> None:
        nonlocal last
        if line != last:
            say(line)
        last = line

    return say_if_new


def described(job: Mapping[str, Any]) -> str:
    parts = [LABELS.get(job["status"]) or STAGES.get(job["stage"]) or job["stage"] or job["status"]]
    if job["total"]:
        parts.append(f"{job['done']} of {job['total']}")
    if job["words"]:
        parts.append(f"{job['words']:,} words")
    if job["cost_micros"]:
        parts.append(f"${job['cost_micros'] / 1_000_000:.2f}")
    if job["writing"] and job["stage"] == "chapters":
        parts.append(f"\N{LEFT DOUBLE QUOTATION MARK}{job['writing']}\N{RIGHT DOUBLE QUOTATION MARK}")
    return ", ".join(parts)


def farewell(task: Task, book: Mapping[str, Any], job: Mapping[str, Any], files: list[Path]) -> str:
    heading = [book["title"], book["subtitle"], f"{job['total']} chapters, {job['words']:,} words"]
    lines = ["", *filter(None, heading), ""]
    lines += [f"  {size(file):>9}  {shown(file)}" for file in files]
    lines += [
        "",
        "To see it in the web app, and to make another: ./octavo up",
        f"then sign in as {task.email} with the password {task.password}",
    ]
    return "\n".join(lines)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:,.0f} kB"


def path_of(address: str) -> str:
    """Without scheme and host: the organisation's host need not resolve on this machine."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def complaint(answer: httpx.Response) -> str:
    """What the API says about it, in one line: by field, or else as a whole."""
    try:
        problem = answer.json()
        fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", [])]
        return "; ".join(fields) or str(problem["detail"])
    except (ValueError, KeyError, AttributeError, TypeError):
        return f"status {answer.status_code}."


if __name__ == "__main__":
    sys.exit(main())
