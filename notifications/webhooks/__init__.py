"""Outgoing webhooks: events that happen in an organisation, sent to endpoints that it names.

`events.emit` writes an event in the transaction of what it tells of; `dispatching` delivers what is due.
The form is that of Standard Webhooks (https://www.standardwebhooks.com). docs/decisions/025 has the reasons.
"""
