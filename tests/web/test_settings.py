"""Settings come from the command line, the environment and a file, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from keten.errors import SettingsError
from keten.settings import Settings, read_settings


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path) == Settings()


def test_the_environment_beats_the_file_and_what_is_given_beats_both(tmp_path: Path) -> None:
    (tmp_path / "keten.toml").write_text('port = 1\nlanguage = "en"\nhome_country = "BE"\n')
    settings = read_settings(
        {"KETEN_PORT": "2", "KETEN_HOME": "there"}, tmp_path, home=Path("here")
    )
    assert (settings.port, settings.language, settings.home_country) == (2, "en", "BE")
    assert settings.home == Path("here")
    assert read_settings({"KETEN_COUNTRY": "DE", "KETEN_DATA": ""}, tmp_path).data is None


@pytest.mark.parametrize(
    "environ",
    [
        {"KETEN_PORT": "many"},
        {"KETEN_PORT": "70000"},
        {"KETEN_WORKERS": "0"},
        {"KETEN_COUNTRY": "nl"},
        {"KETEN_LANGUAGE": "fr"},
        {"KETEN_HOUSE_STYLE": "/nowhere.css"},
        {"KETEN_PUBLIC_URL": "example.org"},
        {"KETEN_CONFIG": "/nowhere.toml"},
    ],
)
def test_what_cannot_be_used_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ, tmp_path)
    assert next(iter(environ.values())) in str(caught.value)
    assert caught.value.next_step


@pytest.mark.parametrize("text", ["port = ", "ports = 3", "language = 3"])
def test_a_file_that_cannot_be_used_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "keten.toml").write_text(text)
    with pytest.raises(SettingsError):
        read_settings({}, tmp_path)
