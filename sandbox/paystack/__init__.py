"""Paystack without money: its API for transactions, plans, subscriptions, customers and refunds, with its
hosted pages and signed webhooks, on a clock that can be moved.

As a process:  PAYSTACK_SECRET_KEY=sk_test_... python -m sandbox.paystack --port 8300 --webhook http://...
In a test:     the fixture `paystack` of tests/conftest.py

What it does follows Paystack's documentation; its requests are checked against Paystack's own description of
the API (schema/).
"""
