"""Calls of the API with keys: how often, how many, and counted, without a write to the database for each.

taken = calls.take(call)      # one round trip to Valkey
calls.flush()                 # every few seconds, by the scheduler: into the counts of `billing.limits`
"""

from billing.calls.flushing import flush, forget_old
from billing.calls.taking import WINDOW, Call, Pace, Taken, take

__all__ = ["WINDOW", "Call", "Pace", "Taken", "flush", "forget_old", "take"]
