"""Typed readers of the environment. What makes no sense is refused, and the message names the variable."""

import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

CHECKOUT: Final = Path(__file__).resolve().parents[2]

_FLAGS: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_SECRET_LENGTH: Final = 32


class SettingError(Exception):
    """A setting that cannot be used; the message names the variable and says what to write instead."""


def text(name: str, default: str | None = None) -> str:
    """The variable's text. Set but blank is refused: it is nearly always a mistake in a deployment file."""
    value = os.environ.get(name)
    if value is None:
        if default is None:
            raise SettingError(f"{name} is not set and has no default.")
        return default
    if not value.strip():
        raise SettingError(f"{name} is set but empty. Give it a value, or unset it.")
    return value.strip()


def choice(name: str, default: str, *, of: tuple[str, ...]) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in of:
        raise SettingError(f"{name} is {value!r}. Write one of: {', '.join(of)}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Yes or no, written as 1/0, true/false, yes/no or on/off."""
    value = text(name, "yes" if default else "no").lower()
    if value not in _FLAGS:
        raise SettingError(f"{name} is {value!r}. Write yes or no.")
    return _FLAGS[value]


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds, both allowed."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise SettingError(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """A list written with commas; blank items are refused."""
    if name not in os.environ:
        return list(default)
    items = [item.strip() for item in text(name).split(",")]
    if not all(items):
        raise SettingError(f"{name} has an empty item. Write the items with one comma between them.")
    return items


def path(name: str, default: Path) -> Path:
    """An absolute path, with `~` expanded."""
    if name not in os.environ:
        return default
    try:
        value = Path(text(name)).expanduser()
    except RuntimeError as error:
        raise SettingError(f"{name} starts with a home folder that is not known. Write the whole path.") from error
    if not value.is_absolute():
        raise SettingError(f"{name} is {str(value)!r}. Write a whole path, starting with /.")
    return value


def database_url(name: str) -> dict[str, object]:
    """A `postgresql://user:password@host:port/name?option=value` address, in Django's words."""
    try:
        parts = urlsplit(text(name))
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query), keep_blank_values=True))
    except ValueError as error:
        raise SettingError(f"{name} is not an address: {error}.") from error
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(f"{name} must start with postgresql://, for Preceptor runs on PostgreSQL alone.")
    if not database or "/" in database:
        raise SettingError(f"{name} must end with the name of one database, as in postgresql://host/preceptor.")
    return {
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def home() -> Path:
    """The folder of everything Preceptor keeps outside the database, and of the embedded database itself."""
    if (CHECKOUT / "pyproject.toml").is_file():
        default = CHECKOUT / ".local"
    else:
        default = Path.home() / ".local" / "share" / "preceptor"
    folder = path("PRECEPTOR_HOME", default)
    if folder.exists() and not folder.is_dir():
        raise SettingError(f"PRECEPTOR_HOME is {str(folder)!r}, which is not a folder.")
    return folder


def make_home(place: Path) -> Path:
    """The home, made if missing: private, though root's may be passed through, for the database's account to do so."""
    if not place.exists():
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return place


def folder(name: str) -> Path:
    """A folder of the home for our eyes only, made on first use."""
    place = make_home(home()) / name
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_mode & 0o077:
        place.chmod(0o700)
    return place


def secret(name: str, *, kept_in: Path) -> str:
    """A secret from the environment; otherwise one made once and kept in a file readable by its owner alone."""
    if name in os.environ:
        value = text(name)
        if len(value) < _SECRET_LENGTH:
            raise SettingError(f"{name} is too short to be a secret. Use at least {_SECRET_LENGTH} characters.")
        return value
    make_home(kept_in.parent)
    try:
        if not kept_in.exists():
            _keep(kept_in, secrets.token_urlsafe(48))
        return kept_in.read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise SettingError(f"{kept_in} belongs to another account. Set {name}, or PRECEPTOR_HOME.") from error


def _keep(keeper: Path, value: str) -> None:
    """Write a file whole or not at all; of two writers at once the first wins."""
    handle, draft = tempfile.mkstemp(dir=keeper.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    try:
        os.link(draft, keeper)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
