"""Novels: a plan with scene cards. The prose itself needs a connected language model, and the cards say so."""
