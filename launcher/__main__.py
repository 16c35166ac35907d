"""`./octavo` in Python: reads the arguments, sets up, and hands over. Standard library only up to there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # started as a folder, Python would look for our imports inside launcher/


def main(words: list[str]) -> int:
    from launcher import arguments, environment, notices
    from launcher.refusals import Refusal

    try:
        request = arguments.read(words)
        if request.lock:
            environment.ensure(request.lock)
            if not environment.is_inside():
                environment.enter([str(ROOT / "launcher"), *words])
        from launcher import commands

        return commands.run(request)
    except Refusal as refusal:
        notices.refuse(str(refusal))
        return refusal.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
