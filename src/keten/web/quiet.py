"""Quiet: tells when nobody visits, so that work which can wait is done then and keeps nobody waiting."""

import threading
import time
from typing import Final

_QUIET_S: Final = 4.0  # without a visit for as long as this, nobody is thought to be here
_LOOK_S: Final = 0.5


class Quiet:
    """When somebody last visited."""

    def __init__(self) -> None:
        self._last = 0.0

    def stir(self) -> None:
        """Somebody is here."""
        self._last = time.monotonic()

    def wait(self, enough: threading.Event, quiet_s: float = _QUIET_S) -> bool:
        """Wait until nobody visits; says whether that came before it was enough."""
        while time.monotonic() - self._last < quiet_s:
            if enough.wait(_LOOK_S):
                return False
        return not enough.is_set()
