"""Stands in for curl on machines that have none: the options that the guides use, and no others."""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-S", action="store_true")
    parser.add_argument("-X", "--request", default=None)
    parser.add_argument("-H", "--header", action="append", default=[])
    parser.add_argument("-d", "--data", default=None)
    parser.add_argument("address")
    asked = parser.parse_args()
    request = urllib.request.Request(
        asked.address,
        data=asked.data.encode() if asked.data is not None else None,
        headers=dict(header.split(": ", 1) for header in asked.header),
        method=asked.request,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            sys.stdout.buffer.write(answer.read())
    except urllib.error.HTTPError as error:
        sys.stdout.buffer.write(error.read())
    return 0


if __name__ == "__main__":
    sys.exit(main())
