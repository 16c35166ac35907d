"""Whether the machine has what the second engine draws letters with; light enough for a page to ask."""

from __future__ import annotations

import ctypes
from functools import cache

_LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libfontconfig.so.1")


@cache
def has_pango() -> bool:
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True
