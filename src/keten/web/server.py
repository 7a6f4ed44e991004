"""Serves the application: one process, or several that share one port and each open the evidence."""

import functools
import gc

import uvicorn
from uvicorn.supervisors import Multiprocess

from keten.settings import Settings
from keten.web.app import create_app


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(
        functools.partial(create_app, settings, warmed=_settle, opens_warm=True),
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


def _settle() -> None:
    """Set what a warm server holds apart from what pages leave behind.

    Python stops everything to look through all objects for those that nobody needs: a tenth of a second,
    every fifty pages or so, for hundreds of thousands that stay for as long as the server does.
    """
    gc.collect()
    gc.freeze()
