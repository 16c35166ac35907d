#!/usr/bin/env python
"""Django's commands."""

import os
import sys


def main() -> int:
    """The exit status: as shells have it where somebody has stopped the command (130), or where nobody reads
    any more what it says (141, as after `| head -1`); 1 where the database is away. None is worth a
    traceback, unless `--traceback` asks for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        return _execute()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it ends
        return 141


def _execute() -> int:
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        print(f"The database says: {str(error).strip().splitlines()[0]}", file=sys.stderr)
        return 1
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
