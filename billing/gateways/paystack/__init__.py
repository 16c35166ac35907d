"""Paystack, by its client pypaystack2; see docs/decisions/020-payments.md."""
