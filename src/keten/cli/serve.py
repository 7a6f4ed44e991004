"""`keten serve`: serves the pages."""

from dataclasses import replace

import click

from keten.cli.account import write_first_link
from keten.cli.output import write_line
from keten.cli.session import Session, command
from keten.errors import EvidenceError, UsageError, WorkspaceError
from keten.evidence import latest
from keten.settings import Settings


@command(with_json=False)
@click.option("--host", help="The address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=int, help="The port to listen on. [default: 8321]")
@click.option("--workers", type=int, help="How many processes answer. [default: 1]")
def serve(session: Session) -> None:
    """Serve the pages until stopped; a new build is shown as soon as it is published."""
    run_server(session)


def run_server(session: Session) -> None:
    """Serve, and say where."""
    from keten.web import serve as serve_pages

    settings = _at_home(session)
    _check_port(settings)
    write_line(f"http://{settings.host}:{settings.port}/")
    _let_the_first_in(session)
    serve_pages(settings)


def _let_the_first_in(session: Session) -> None:
    try:
        write_first_link(session)
    except WorkspaceError as error:
        # Reading needs no workspace: the pages are served all the same.
        write_line(f"{error.what} {error.next_step}")


def _at_home(session: Session) -> Settings:
    """Begin with the invented country where the evidence is of an invented region."""
    try:
        evidence = latest(session.settings.home)
    except EvidenceError:
        return session.settings  # the pages say themselves that nothing was built yet
    is_invented = evidence.is_invented
    evidence.close()  # the server opens it in its own way
    return replace(session.settings, home_country="QN") if is_invented else session.settings


def _check_port(settings: Settings) -> None:
    """Fail with our own words when the port is taken."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            raise UsageError(
                f"{settings.host}:{settings.port} cannot be listened on: {error.strerror}.",
                "Something else listens there, or it is not ours: choose another with --port.",
            ) from error
