"""Paystack, by its client pypaystack2; see docs/decisions/018-payments.md."""
