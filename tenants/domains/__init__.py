"""Domains of organisations' own: claimed, proven by a DNS record, and what follows from that."""
