"""Exports that owners ask for by themselves: asked for on a page, made by a worker, kept for a week."""
