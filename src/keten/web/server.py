"""Serves the application: one process, or several that share one port and each open the evidence."""

import functools

import uvicorn
from uvicorn.supervisors import Multiprocess

from keten.settings import Settings
from keten.web.app import create_app


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(
        functools.partial(create_app, settings),
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        server_header=False,
        log_level="warning",
    )
    if settings.workers == 1:
        uvicorn.Server(config).run()
        return
    socket = config.bind_socket()
    try:
        Multiprocess(config, sockets=[socket]).run()
    finally:
        socket.close()
