"""Numba's compiler behind one typed name, with a cache that may be out of reach.

Numba writes its cache beside the module or where NUMBA_CACHE_DIR says; where neither can be
written it refuses to compile with a cache at all, and then the same function compiles without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """`function` compiled on first use, from the cache where there is one."""
    try:
        return cast(F, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no locator available: the folder is not writable
        return cast(F, numba.njit(nogil=True)(function))
