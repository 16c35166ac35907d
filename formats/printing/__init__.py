"""Books made ready for a printer: the interior, the cover in one piece, and what preflight finds in both.

`printers` holds what each printer asks for, `order` what a member may choose of it. `making` builds both
files (in the sandbox's child), `preflight` reads them when they are finished, `sentences` says what it found.
"""
