"""Keeps the last replies in memory under their entity tag, which changes whenever their content may."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

MOST_BYTES = 24_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """A page or its twin as it is sent."""

    body: bytes
    media_type: str


class Kept:
    """The replies used last, as many as fit."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._replies: OrderedDict[str, Reply] = OrderedDict()
        self._most = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, tag: str) -> Reply | None:
        """Give the reply under a tag, if it is still here."""
        with self._lock:
            reply = self._replies.get(tag)
            if reply is not None:
                self._replies.move_to_end(tag)
            return reply

    def put(self, tag: str, reply: Reply) -> None:
        """Keep a reply, and let go of those not asked for longest."""
        with self._lock:
            if tag in self._replies or len(reply.body) > self._most // 8:
                return
            self._replies[tag] = reply
            self._bytes += len(reply.body)
            while self._bytes > self._most:
                _, oldest = self._replies.popitem(last=False)
                self._bytes -= len(oldest.body)
