"""Runs the stand-in: what is due happens as time goes by, and everything is kept in a file.

    PAYSTACK_SANDBOX_KEY=... python -m sandbox.paystack --port 8300 --url http://localhost:8300 \\
        --webhook http://localhost:8000/webhooks/paystack/ --file var/data/paystack.json
"""

from __future__ import annotations

import argparse
import os
import signal
import traceback
from pathlib import Path

from django.conf import settings

from sandbox.paystack.emulator import Emulator
from sandbox.paystack.server import Server
from sandbox.paystack.webhooks import by_http

ENDINGS = {signal.SIGTERM, signal.SIGINT}
ROUND = 0.5  # seconds between two looks at what is due


def main() -> None:
    # Waited for instead of handled: a handler that sets an event can come while the event's lock is held.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)  # before there are threads, which inherit it
    asked = arguments()
    settings.configure(USE_I18N=False)  # the pages are Django templates, which ask for settings
    emulator = Emulator(
        secret_key=os.environ["PAYSTACK_SANDBOX_KEY"],
        base_url=asked.url,
        callback_url=asked.callback,
        send=by_http(asked.webhook),
        file=asked.file,
    )
    server = Server(emulator, port=asked.port)
    while signal.sigtimedwait(ENDINGS, ROUND) is None:
        run_due(emulator)
    server.stop()


def run_due(emulator: Emulator) -> None:
    """Whatever goes wrong is printed, and tried again in the next round."""
    try:
        emulator.run_due()
    except Exception:
        traceback.print_exc()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox.paystack")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--url", required=True, help="the stand-in's own address, for browsers")
    parser.add_argument("--webhook", required=True, help="where webhooks are sent")
    parser.add_argument("--callback", default="", help="where customers go back to if nobody says")
    parser.add_argument("--file", type=Path, default=None, help="where everything is kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
