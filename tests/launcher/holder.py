"""A command of its own that keeps embedded servers up, for tests that kill it.

`python holder.py DATA` prints a line of JSON with the addresses once they are up, and one for every notice.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from launcher.refusals import Refusal
from launcher.servers import servers


def main() -> int:
    try:
        with servers(Path(sys.argv[1]).resolve(), port=8000) as (supervisor, environment):
            pids = {child.program.name: child.process.pid for child in supervisor.stages[0]}
            print(json.dumps({"environment": environment, "pids": pids}), flush=True)
            supervisor.watch()
    except KeyboardInterrupt:  # as soon as the line was out
        return 0
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
