"""Gateways that take payments: one contract, and a folder for each of them."""
