"""Settings, read once by a face: where things lie, how pages are served. Nothing below a face reads them.

Each can be set in the environment (`KETEN_PORT=8080`) or in `keten.toml` (`port = 8080`) beside the
working folder; the environment wins, and what is given on the command line wins over both.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from keten.errors import SettingsError

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ from one installation to the next."""

    home: Path = Path("var")  # where evidence and workspace live
    workspace: str = ""  # another file, or postgresql://..., than workspace.sqlite in the home
    data: Path | None = None  # where the publishers' files lie
    host: str = "127.0.0.1"
    port: int = 8321
    workers: int = 1  # server processes; each reads the evidence for itself
    home_country: str = "NL"  # the country that the pages begin with
    language: str = "nl"  # for who asks for neither Dutch nor English
    house_style: Path | None = None  # an organisation's own token file
    public_url: str = ""  # how the outside world reaches the pages, without a slash at the end


def read_settings(
    environ: Mapping[str, str] | None = None, folder: Path | None = None, **given: Any
) -> Settings:
    """Give the settings from `given`, the environment and `keten.toml`, in that order.

    Raises: SettingsError that names the setting and its value.
    """
    environ = os.environ if environ is None else environ
    folder = Path.cwd() if folder is None else folder
    config = environ.get("KETEN_CONFIG")
    path = Path(config) if config else folder / "keten.toml"
    if config and not path.is_file():
        raise SettingsError(
            f"KETEN_CONFIG names '{config}', which is no file.", "Name a file, or unset it."
        )
    values: dict[str, Any] = _read_file(path) if path.is_file() else {}
    for name in _NAMES:
        value = environ.get(_VARIABLES.get(name, f"KETEN_{name.upper()}"))
        if value is not None:
            values[name] = value
    values |= {name: value for name, value in given.items() if value is not None}
    unknown = sorted(set(values) - set(_NAMES))
    if unknown:
        raise SettingsError(
            f"'{unknown[0]}' is no setting.", f"The settings are: {', '.join(_NAMES)}."
        )
    return _checked(replace(Settings(), **{n: _typed(n, v) for n, v in values.items()}))


_NAMES = tuple(field.name for field in fields(Settings))
# The plain name LANGUAGE is taken by the system's own locale, and COUNTRY says it shorter.
_VARIABLES = {"home_country": "KETEN_COUNTRY"}
_PATHS = ("home", "data", "house_style")
_NUMBERS = {"port": (0, 65535), "workers": (1, 16)}


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"'{path.name}' cannot be read: {error}", "Mend the file or remove it."
        ) from error


def _typed(name: str, value: Any) -> Any:
    if name in _PATHS:
        # An empty variable is how a shell says "none of that".
        return Path(value).expanduser() if str(value) else (Path("var") if name == "home" else None)
    if name in _NUMBERS:
        low, high = _NUMBERS[name]
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = low - 1
        if not low <= number <= high:
            raise SettingsError(
                f"The setting '{name}' is '{value}', which is no number from {low} to {high}.",
                f"Give a number from {low} to {high}.",
            )
        return number
    if not isinstance(value, str):
        raise SettingsError(
            f"The setting '{name}' is {value!r}, which is no text.", "Put it in quotes."
        )
    return value


def _checked(settings: Settings) -> Settings:
    country = settings.home_country
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise SettingsError(
            f"The home country is '{country}'.", "Give two capital letters, for instance NL."
        )
    if settings.language not in LANGUAGES:
        raise SettingsError(
            f"The language is '{settings.language}'.", f"Choose from: {', '.join(LANGUAGES)}."
        )
    workspace = settings.workspace
    if "://" in workspace and not workspace.startswith(("postgresql://", "postgres://")):
        raise SettingsError(
            f"The workspace is '{workspace.split('://')[0]}://...', which keten cannot open.",
            "Name a file, or begin with postgresql://.",
        )
    style = settings.house_style
    if style is not None and not style.is_file():
        raise SettingsError(
            f"The house style '{style}' is no file.",
            "Name a style sheet of tokens, or leave it out.",
        )
    if settings.public_url and urlsplit(settings.public_url).scheme not in {"http", "https"}:
        raise SettingsError(
            f"The public address is '{settings.public_url}'.", "Begin it with https://."
        )
    return replace(settings, public_url=settings.public_url.rstrip("/"))
