"""Signing in through an organisation's own OpenID Connect provider; see docs/decisions/017."""
