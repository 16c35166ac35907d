#!/usr/bin/env python
"""Django's commands."""

import os
import sys


def main() -> int:
    """The exit status: as shells have it where somebody has stopped the command (130), or where nobody reads
    any more what it says (141, as after `| head -1`). Neither is worth a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it ends
        return 141
    return 0


if __name__ == "__main__":
    sys.exit(main())
