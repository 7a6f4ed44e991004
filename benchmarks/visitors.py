"""Twenty visitors in a process of their own: each opens a page, waits, opens the next.

`python -m benchmarks.visitors` reads a plan (JSON) from its input and prints what each page took. It
speaks HTTP over plain sockets, so that it takes little of the machine that it shares with the server.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from typing import Any

USERS = 20
WAIT_S = 1.0


def main() -> None:
    """Follow the plan; print kind, status, seconds and bytes of each visit, and the CPU taken."""
    plan = json.load(sys.stdin)
    visits = asyncio.run(_visit_all(plan))
    sys.stdout.write(json.dumps({"visits": visits, "cpu_s": time.process_time()}) + "\n")


async def _visit_all(plan: dict[str, Any]) -> list[tuple[str, int, float, int, str]]:
    waiting = iter(plan["pages"])
    people: list[dict[str, str]] = plan.get("people", [])  # who is signed in: cookie and secret
    ends_at = time.monotonic() + plan["seconds"]
    visits: list[tuple[str, int, float, int, str]] = []

    async def visitor(number: int) -> None:
        chance = random.Random(f"{plan['seed']}-{number}")
        person = people[number] if people else {}
        connection = _Connection(plan["host"], plan["port"], person)
        # Nobody comes at the stroke of the bell.
        await asyncio.sleep(chance.uniform(0, WAIT_S))
        for kind, address in waiting:
            if time.monotonic() > ends_at:
                break
            started = time.perf_counter()
            status, size = await connection.get(address)
            visits.append((kind, status, time.perf_counter() - started, size, address))
            await asyncio.sleep(chance.uniform(0.5 * WAIT_S, 1.5 * WAIT_S))
        connection.close()

    await asyncio.gather(*(visitor(number) for number in range(len(people) or USERS)))
    return visits


class _Connection:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, host: str, port: int, person: dict[str, str]) -> None:
        self._host, self._port, self._person = host, port, person
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> tuple[int, int]:
        """Give status and size of the reply; status 0 when there was none."""
        for _ in range(2):  # the server may have closed a connection that stood idle
            fresh = self._streams is None
            try:
                return await self._ask(address)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self.close()
                if fresh:
                    break
        return 0, 0

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None

    async def _ask(self, address: str) -> tuple[int, int]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        method, _, path = address.rpartition(" ")
        cookie = f"Cookie: keten={self._person['cookie']}\r\n" if self._person else ""
        body = f"csrf={self._person['csrf']}&back=/en/lists" if method else ""
        form = (
            f"Origin: http://{self._host}:{self._port}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
        )
        writer.write(
            f"{method or 'GET'} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n{cookie}"
            f"{form if method else ''}Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
            f"{body}".encode("ascii")
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        if "transfer-encoding: chunked" in head:
            return status, await _read_chunks(reader)
        length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
        await reader.readexactly(length)
        return status, length


async def _read_chunks(reader: asyncio.StreamReader) -> int:
    size = 0
    while True:
        length = int(await reader.readline(), 16)
        await reader.readexactly(length + 2)
        if length == 0:
            return size
        size += length


if __name__ == "__main__":
    main()
