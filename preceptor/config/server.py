"""The embedded PostgreSQL: the default database, from a wheel, with nothing to install by hand.

It lives in `postgres/` of Preceptor's home: settings, `data/`, and `run/` with the socket. It listens on that socket
alone and lets in two accounts, the owner of the data and root. Root's server runs as an account without rights, which
owns `data/` and `run/`; where that account may not enter the home, `postgres/` is a link to a folder where it may.

Two locks make it safe to share: `postgres.lock` while it is being started or stopped, `postgres.users` shared by every
process that uses it. The kernel frees both when a process dies, however it dies.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from preceptor.config import env
from preceptor.config.programs import (
    NEWEST,
    Account,
    ServerError,
    account_of,
    account_without_rights,
    programs,
    shared_folder,
)

ROLE: Final = "preceptor"
_SOCKET: Final = ".s.PGSQL.5432"
_SOCKET_LIMIT: Final = 107 - len(f"/{_SOCKET}")  # the kernel's limit for the path of a socket
_PATIENCE: Final = 60.0
_FOREIGN: Final = "belongs to another account. Use that account, or set PRECEPTOR_HOME or DATABASE_URL."
_SETTINGS: Final = """\
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = '128MB'
work_mem = '16MB'
maintenance_work_mem = '64MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
max_connections = 60
max_worker_processes = 4
max_parallel_workers_per_gather = 0
jit = off
wal_level = 'minimal'
max_wal_senders = 0
max_wal_size = '512MB'
checkpoint_timeout = '15min'
log_checkpoints = off
log_min_messages = 'warning'
log_line_prefix = '%m [%p] %d '
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'ISO, DMY'
"""


class EmbeddedServer:
    """One PostgreSQL for one home. Making the object does nothing; `ensure` starts the server if it is not there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._users: int | None = None

    @property
    def _folder(self) -> Path:
        return (self.home / "postgres").resolve()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _marker(self) -> str:
        """A word in the command line of each of this server's processes, and of no other's."""
        return f"preceptor-{hashlib.sha256(bytes(self._data)).hexdigest()[:12]}"

    @property
    def _run(self) -> Path:
        place = self._folder / "run"
        if len(bytes(place)) <= _SOCKET_LIMIT:
            return place
        return Path("/tmp") / self._marker  # noqa: S108 – private and ours, or refused: see _make_run

    def address(self) -> dict[str, str]:
        """Where the server listens, in libpq's words. Says nothing about whether it is running."""
        return {"host": str(self._run), "port": "5432", "user": ROLE}

    def ensure(self, database: str | None = None) -> None:
        """Have the server running and the database in it. Safe from many processes at once; quick when all is there."""
        self.hold()
        with self._alone():
            if self._ping() is not Ping.OK:
                self._start()
        if database is not None:
            _create(make_conninfo(**self.address(), dbname="postgres"), database)

    def hold(self) -> None:
        """Count this process among the server's users, until it ends."""
        if self._users is None:
            env.make_home(self.home)
            users = self._lock("postgres.users")
            fcntl.flock(users, fcntl.LOCK_SH)
            self._users = users

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be a user of the server for the length of the block. The last user to leave stops it."""
        self.hold()
        try:
            yield
        finally:
            with self._alone():
                if self._leave():
                    self._stop()

    def stop(self) -> bool:
        """Stop the server whoever uses it, letting no statement half done. Says whether there was one to stop."""
        if not self.home.is_dir():
            return False
        with self._alone():
            return self._stop()

    def _leave(self) -> bool:
        """Stop being a user; says whether there is no other."""
        if self._users is None:
            return False
        users, self._users = self._users, None
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(users)
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self._lock("postgres.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _lock(self, name: str) -> int:
        """Open a file to lock. Reading is enough for that, so that root and the home's owner can share one."""
        try:
            return os.open(self.home / name, os.O_RDONLY | os.O_CREAT, 0o644)
        except PermissionError as error:
            raise ServerError(f"{self.home} {_FOREIGN}") from error

    def _ping(self) -> Ping:
        """Ask the server how it is, waiting while it is starting, recovering or stopping."""
        question = make_conninfo(**self.address(), dbname="postgres", connect_timeout=30).encode()
        deadline = time.monotonic() + _PATIENCE
        while (answer := Ping(PGconn.ping(question))) is Ping.REJECT and time.monotonic() < deadline:
            time.sleep(0.05)
        return answer

    def _start(self) -> None:
        self._make_folder()
        account = self._account()
        binaries = programs(self._version(), account)
        self._clear_leftovers()
        if not self._data.exists():
            self._initialise(binaries, account)
        self._make_run(account)
        self._configure(account)
        log = self._data / "server.log"
        if log.exists():
            log.replace(log.with_suffix(".log.before"))
        settings = {"config_file": str(self._folder / "postgresql.conf"), "cluster_name": self._marker}
        options = shlex.join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        wait = ["--wait", f"--timeout={_PATIENCE:.0f}"]
        self._call([binaries / "pg_ctl", "start", *wait, "-l", log.name, "-o", options], account, log=log)

    def _stop(self) -> bool:
        if not self.processes():
            return False
        account = self._account()
        binaries = programs(self._version(), account)
        self._call([binaries / "pg_ctl", "stop", "--wait", "-m", "fast"], account, check=False)
        self._clear_leftovers()
        if self._run.parent != self._folder:
            shutil.rmtree(self._run)
        return True

    def _account(self) -> Account:
        """The owner of the data, else the caller; root gives way to an account without rights."""
        owner = self._data.stat().st_uid if self._data.exists() else os.geteuid()
        if os.geteuid() not in {0, owner}:
            raise ServerError(f"{self._data} {_FOREIGN}")
        return account_of(owner) if owner != 0 else account_without_rights()

    def _version(self) -> str:
        """The major version of the data, or the newest there is."""
        found = self._data / "PG_VERSION"
        return found.read_text(encoding="ascii").strip() if found.exists() else NEWEST

    def _make_folder(self) -> None:
        """Make the server's folder: in the home, or, where its account may not go there, linked from there."""
        place = self.home / "postgres"
        if place.exists():
            return
        place.unlink(missing_ok=True)  # a link to a folder that is no more
        if self._account().may_enter(self.home):
            place.mkdir()
            place.chmod(0o711)
        else:
            kept = Path(tempfile.mkdtemp(prefix="home-", dir=shared_folder()))
            kept.chmod(0o711)
            (kept / "home").write_text(f"{self.home}\n", encoding="utf-8")  # for whoever wonders whose this is
            place.symlink_to(kept)

    def _initialise(self, binaries: Path, account: Account) -> None:
        """Make the data beside its place and move it there when whole: being killed leaves nothing half made."""
        draft = self._folder / "data.new"
        if draft.exists():
            shutil.rmtree(draft)
        _make_for(account, draft)
        make: list[Path | str] = [
            binaries / "initdb",
            "-D",
            draft,
            "-U",
            ROLE,
            "--auth=peer",
            "--encoding=UTF8",
            "--data-checksums",
        ]
        places = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self._version() >= "17" else []
        self._call([*make, "--locale=C", *places, "--no-instructions"], account)
        draft.rename(self._data)

    def _make_run(self, account: Account) -> None:
        """Make the socket's folder; one that another account made is never used."""
        if not self._run.exists():
            _make_for(account, self._run)
        found = self._run.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
            raise ServerError(
                f"{self._run} is not a private folder of {account.name}. Remove it, or use a shorter PRECEPTOR_HOME."
            )

    def _configure(self, account: Account) -> None:
        """Write the settings anew. They lie outside the data, where the server's account cannot change them."""
        names = sorted({account.name, "root"})
        places = {
            "data_directory": self._data,
            "hba_file": self._folder / "pg_hba.conf",
            "ident_file": self._folder / "pg_ident.conf",
            "unix_socket_directories": self._run,
        }
        files = {
            "postgresql.conf": _SETTINGS + "".join(f"{name} = {_quoted(place)}\n" for name, place in places.items()),
            "pg_hba.conf": f"local all {ROLE} peer map=home\n",
            "pg_ident.conf": "".join(f'home "{name}" {ROLE}\n' for name in names),
        }
        for name, content in files.items():
            draft = self._folder / f"{name}.new"
            draft.write_text(content, encoding="utf-8")
            draft.chmod(0o644)
            draft.replace(self._folder / name)

    def _clear_leftovers(self) -> None:
        """Take away what a killed server left: processes that have lost their master, its process file, its socket."""
        deadline = time.monotonic() + _PATIENCE
        while processes := self.processes():
            late = time.monotonic() > deadline
            for process in processes:
                _send(process, signal.SIGKILL if late else signal.SIGQUIT)
            time.sleep(0.1)
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        for name in (_SOCKET, f"{_SOCKET}.lock"):
            (self._run / name).unlink(missing_ok=True)

    def processes(self) -> list[int]:
        """The server's processes, known by the marker in their command lines."""
        if not Path("/proc/self/cmdline").exists():
            return self._master()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            program = command.split(b"\0", 1)[0].split(b": ", 1)[0]
            if self._marker.encode() in command and program.endswith(b"postgres"):
                found.append(int(entry.name))
        return found

    def _master(self) -> list[int]:
        """The server's first process, by its own account of itself: all that can be known where there is no `/proc`."""
        try:
            master = int((self._data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            os.kill(master, 0)
        except (OSError, ValueError):
            return []
        return [master]

    def _call(
        self, command: Sequence[Path | str], account: Account, *, check: bool = True, log: Path | None = None
    ) -> None:
        """Run one of PostgreSQL's programs as the server's account, with a clean environment.

        A program that starts the server says nothing itself, for the server would inherit the pipe: it has a log. That
        program uses a shell, whence the folders come as PGDATA and the current folder, where no character is special.
        """
        quiet = log is not None
        done = subprocess.run(
            [str(word) for word in command],
            user=account.uid if account.is_another else None,
            group=account.gid if account.is_another else None,
            extra_groups=[] if account.is_another else None,
            umask=0o077,
            cwd=self._data if self._data.exists() else self._folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "PGDATA": str(self._data)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else subprocess.STDOUT,
            check=False,
            text=True,
            errors="replace",
        )
        if check and done.returncode != 0:
            told = log.read_text(errors="replace") if log is not None and log.exists() else done.stdout or ""
            raise ServerError(f"PostgreSQL's {Path(command[0]).name} failed in {self._folder}:\n{told.strip()}")


def _make_for(account: Account, folder: Path) -> None:
    """Make a folder that only the server's account can open."""
    folder.mkdir(mode=0o700)
    if account.is_another:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _send(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def _quoted(path: Path) -> str:
    """A path as a value of a PostgreSQL configuration file."""
    return "'" + str(path).replace("\\", "\\\\").replace("'", "''") + "'"


@cache
def embedded() -> EmbeddedServer:
    """The embedded server of this process's home."""
    return EmbeddedServer(env.home())


def database_settings() -> dict[str, object]:
    """Django's default database: the one DATABASE_URL names, otherwise the embedded server's, started on first use.

    PRECEPTOR_DATABASE says which database of that server, so that a demonstration stands beside the real thing.
    """
    shared = {"ENGINE": "preceptor.config.postgres", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if "DATABASE_URL" not in os.environ:
        return shared | {"EMBEDDED": True, "NAME": env.text("PRECEPTOR_DATABASE", "preceptor"), "USER": ROLE}
    given = env.database_url("DATABASE_URL")
    return shared | given | {"NAME": env.text("PRECEPTOR_DATABASE", str(given["NAME"]))}


def create_database(name: str) -> None:
    """Have a database of this name on the server in use."""
    _create(_server_in_use(), name)


def drop_database(name: str) -> None:
    """Have no database of this name on the server in use, whoever is connected to it."""
    with psycopg.connect(_server_in_use(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _server_in_use() -> str:
    if "DATABASE_URL" in os.environ:
        return env.text("DATABASE_URL")
    embedded().ensure()
    return make_conninfo(**embedded().address(), dbname="postgres")


def _create(server: str, database: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            try:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return  # another process was quicker
