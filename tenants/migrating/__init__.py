"""Migrating organisations: recorded once, replayed to all, and written down in a ledger."""
