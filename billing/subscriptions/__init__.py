"""Subscriptions: bought, changed, renewed, paused, ended and paid back.

Whoever asks for money commits a `Payment` first and asks the gateway after that; `applying.apply` gives a
payment its effect. What the gateway says is always asked of its API (`settling.settle`,
`billing.reconciling`), never taken from an event. Rows are locked in one order: subscriptions by id, then
payments, then refunds, then invoices. No gateway is called while a row is locked.
"""
