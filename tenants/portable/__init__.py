"""Organisations that can be taken along: exported to one file, imported from it, and erased."""
