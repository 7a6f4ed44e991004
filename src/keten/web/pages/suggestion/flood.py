"""A limit on what one address sends: counted in memory, under a secret that nobody keeps, for a day."""

import hmac
import secrets
import threading
from collections import deque
from datetime import datetime, timedelta
from typing import Final

from keten.web.visit import Visit
from keten.workspace.attempts import key_of_address

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MOST_IN_HOUR: Final = 6
MOST_IN_DAY: Final = 20
_MOST_ADDRESSES: Final = 10_000
_making: Final = threading.Lock()


class Flood:
    """Counts what came from each address; no address can be read back from it."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._seen: dict[bytes, deque[datetime]] = {}
        self._lock = threading.Lock()

    def is_too_much(self, address: str, now: datetime) -> bool:
        """Say whether an address has to wait; what may pass is counted."""
        key = hmac.digest(self._secret, key_of_address(address).encode(), "sha256")
        with self._lock:
            if len(self._seen) >= _MOST_ADDRESSES:
                self._forget_old(now)
            moments = self._seen.setdefault(key, deque())
            while moments and moments[0] <= now - DAY:
                moments.popleft()
            of_hour = sum(moment > now - HOUR for moment in moments)
            is_full = len(self._seen) > _MOST_ADDRESSES
            if is_full or of_hour >= MOST_IN_HOUR or len(moments) >= MOST_IN_DAY:
                return True
            moments.append(now)
            return False

    def _forget_old(self, now: datetime) -> None:
        for key in [key for key, seen in self._seen.items() if not seen or seen[-1] <= now - DAY]:
            del self._seen[key]


def flood_of(visit: Visit) -> Flood:
    """Give the limit of this installation."""
    state = visit.request.app.state
    with _making:
        if not hasattr(state, "flood"):
            state.flood = Flood()
    found: Flood = state.flood
    return found
