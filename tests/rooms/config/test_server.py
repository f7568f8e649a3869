"""The embedded PostgreSQL starts by itself, is shared, survives being killed, and loosens nobody's folders."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db.utils import NotSupportedError
from psycopg.conninfo import make_conninfo

from preceptor.config import programs
from preceptor.config.postgres.base import DatabaseWrapper
from preceptor.config.programs import ServerError
from preceptor.config.server import EmbeddedServer, database_settings

ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root can run the server as another account")
HOUSE = Path(__file__).parents[3]


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder any account may pass through, unlike pytest's own; servers started below it are stopped."""
    with tempfile.TemporaryDirectory(prefix="preceptor-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)
        for home in {link.parent for link in Path(folder).rglob("postgres.lock")}:
            EmbeddedServer(home).stop()


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of the test's own."""
    with folder_for_all() as folder:
        yield folder


@pytest.fixture
def home(place: Path) -> Path:
    """Where a server may live."""
    return place / "home"


@pytest.fixture(scope="module")
def used() -> Iterator[EmbeddedServer]:
    """A server that is there already."""
    with folder_for_all() as folder:
        server = EmbeddedServer(folder / "home")
        server.ensure("preceptor")
        yield server


def ask(server: EmbeddedServer, question: str, database: str = "postgres") -> object:
    """The first value of the answer to a statement, if it has one."""
    with psycopg.connect(make_conninfo(**server.address(), dbname=database), autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def master(server: EmbeddedServer) -> int:
    """The process all others of the server come from."""
    return int((server.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


def kill_all(server: EmbeddedServer) -> None:
    """Kill every process of the server; some end by themselves when another is gone."""
    for process in server.processes():
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def in_a_process(home: Path, code: str, **variables: str) -> subprocess.Popen[str]:
    """Run Python elsewhere, with `home` as Preceptor's."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=inherited | {"PRECEPTOR_HOME": str(home), "PYTHONPATH": str(HOUSE)} | variables,
        stdout=subprocess.PIPE,
        text=True,
    )


def as_account(name: str, act: Callable[[], object]) -> int:
    """Do something as another account, in a process of its own; 0 when it went well."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        entry = pwd.getpwnam(name)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        act()
        code = 0
    except BaseException:  # noqa: BLE001 - the child must end here, whatever happens
        traceback.print_exc()
    finally:
        os._exit(code)


def test_a_first_use_starts_the_server_and_makes_the_database(home: Path) -> None:
    server = EmbeddedServer(home)

    server.ensure("preceptor")

    assert ask(server, "SELECT current_database()", "preceptor") == "preceptor"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SELECT upper('é') || (U&'\\017E' < U&'\\00E9')::text") == "Éfalse"


def test_a_second_process_attaches_to_the_server_that_runs(used: EmbeddedServer) -> None:
    used.ensure()
    first = master(used)
    second = EmbeddedServer(used.home)

    second.ensure("preceptor")

    assert master(second) == first


def test_processes_that_start_at_once_share_one_server(home: Path) -> None:
    code = "from preceptor.config.server import embedded; embedded().ensure('shared'); print(embedded().address())"

    processes = [in_a_process(home, code) for _ in range(4)]
    answers = {process.communicate()[0] for process in processes}

    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert answers == {f"{EmbeddedServer(home).address()}\n"}
    assert ask(EmbeddedServer(home), "SELECT count(*) FROM pg_database WHERE datname = 'shared'") == 1


def test_what_was_committed_survives_a_kill_of_the_server(used: EmbeddedServer) -> None:
    used.ensure()
    ask(used, "SELECT 42 AS answer INTO kept", "preceptor")

    os.kill(master(used), signal.SIGKILL)
    used.ensure()

    assert ask(used, "SELECT answer FROM kept", "preceptor") == 42


def test_a_kill_of_every_process_of_the_server_is_survived_too(used: EmbeddedServer) -> None:
    used.ensure()
    kill_all(used)

    used.ensure()

    assert ask(used, "SELECT 1") == 1


def test_a_process_file_that_names_another_living_process_is_not_believed(used: EmbeddedServer) -> None:
    used.ensure()
    file = used.home / "postgres" / "data" / "postmaster.pid"
    lines = file.read_text().splitlines()
    kill_all(used)
    sleeper = subprocess.Popen(["sleep", "60"], user=file.stat().st_uid if ROOT else None)
    try:
        file.write_text("\n".join([str(sleeper.pid), *lines[1:]]) + "\n")

        used.ensure()

        assert ask(used, "SELECT 1") == 1
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_first_start_that_was_killed_is_begun_anew(home: Path) -> None:
    half = home / "postgres" / "data.new"
    (half / "base").mkdir(parents=True)
    home.chmod(0o711)
    (home / "postgres").chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")

    EmbeddedServer(home).ensure()

    assert ask(EmbeddedServer(home), "SELECT 1") == 1
    assert not half.exists()


def test_a_socket_that_was_swept_away_is_made_again(used: EmbeddedServer) -> None:
    used.ensure()
    Path(used.address()["host"], ".s.PGSQL.5432").unlink()

    used.ensure()

    assert ask(used, "SELECT 1") == 1


def test_the_last_user_to_leave_stops_the_server(home: Path) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home)

    with first.held():
        first.ensure()
        with second.held():
            second.ensure()
        assert ask(first, "SELECT 1") == 1

    assert first.processes() == []
    assert not (home / "postgres" / "data" / "postmaster.pid").exists()


def test_a_user_that_was_killed_does_not_keep_the_server_running(home: Path) -> None:
    code = """
from preceptor.config.server import embedded
embedded().ensure()
print("up", flush=True)
time.sleep(60)
"""
    killed = in_a_process(home, code)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "up\n"
    server = EmbeddedServer(home)

    with server.held():
        server.ensure()
        killed.kill()
        killed.communicate()

    assert server.processes() == []


def test_stop_says_whether_there_was_a_server(home: Path) -> None:
    server = EmbeddedServer(home)
    assert server.stop() is False
    server.ensure()

    assert server.stop() is True
    assert server.stop() is False


def test_the_home_may_have_odd_characters_in_its_name(place: Path) -> None:
    server = EmbeddedServer(place / "a folder's \\ name; $HOME")

    server.ensure("preceptor")

    assert ask(server, "SELECT 1", "preceptor") == 1


def test_a_name_too_long_for_a_socket_puts_it_elsewhere(place: Path) -> None:
    server = EmbeddedServer(place / ("long" * 30))

    server.ensure()

    run = Path(server.address()["host"])
    assert ask(server, "SELECT 1") == 1
    assert run.parent == Path("/tmp")  # noqa: S108 - where sockets go
    assert run.stat().st_mode & 0o777 == 0o700
    server.stop()
    assert not run.exists()


def test_a_socket_folder_made_by_another_is_not_used(place: Path) -> None:
    server = EmbeddedServer(place / ("long" * 30))
    run = Path(server.address()["host"])
    run.mkdir(mode=0o777)
    try:
        with pytest.raises(ServerError, match="is not a private folder"):
            server.ensure()
    finally:
        run.rmdir()


def test_the_site_gets_its_server_back_after_a_kill(home: Path) -> None:
    code = """
import os, signal
from contextlib import suppress
import django
from django.conf import settings
from preceptor.config.server import database_settings, embedded
settings.configure(DATABASES={"default": database_settings()}, USE_TZ=True)
django.setup()
from django.db import close_old_connections, connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database()")
    print(cursor.fetchone()[0])
for process in embedded().processes():
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
close_old_connections()
connection.close()
with connection.cursor() as cursor:
    cursor.execute("SELECT 'again'")
    print(cursor.fetchone()[0])
"""

    process = in_a_process(home, code, PRECEPTOR_DATABASE="preceptor_demo")

    assert process.communicate()[0] == "preceptor_demo\nagain\n"


def test_an_address_in_the_environment_takes_the_servers_place(place: Path, used: EmbeddedServer) -> None:
    used.ensure("theirs")
    code = """
import django
from django.conf import settings
from preceptor.config.server import database_settings
settings.configure(DATABASES={"default": database_settings()}, USE_TZ=True)
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database()")
    print(cursor.fetchone()[0])
"""
    url = f"postgresql://preceptor@/theirs?host={used.address()['host']}"

    process = in_a_process(place / "ours", code, DATABASE_URL=url)

    assert process.communicate()[0] == "theirs\n"
    assert not (place / "ours").exists()


def test_settings_name_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nina@db.example/real")
    monkeypatch.delenv("PRECEPTOR_DATABASE", raising=False)
    assert database_settings()["NAME"] == "real"
    assert database_settings()["HOST"] == "db.example"

    monkeypatch.setenv("PRECEPTOR_DATABASE", "preceptor_demo")
    assert database_settings()["NAME"] == "preceptor_demo"

    monkeypatch.delenv("DATABASE_URL")
    assert database_settings()["EMBEDDED"] is True
    assert database_settings()["NAME"] == "preceptor_demo"


def test_a_postgresql_before_15_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = DatabaseWrapper({"NAME": "old", "OPTIONS": {}}, alias="old")
    monkeypatch.setattr(wrapper, "get_database_version", lambda: (14, 9))

    with pytest.raises(NotSupportedError, match=r"PostgreSQL 15 or later; .* is 14\.9"):
        wrapper.check_database_version_supported()


@as_root
def test_root_opens_no_folder_of_others(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_SHARED", place / "shared")
    private = place / "private"
    (private / "deeper" / "home").mkdir(parents=True)
    private.chmod(0o700)
    before = {folder: folder.stat().st_mode for folder in (place, private, *private.rglob("*"))}
    server = EmbeddedServer(private / "deeper" / "home")

    server.ensure("preceptor")

    assert ask(server, "SELECT 1", "preceptor") == 1
    assert {folder: folder.stat().st_mode for folder in before} == before
    assert (server.home / "postgres").readlink().parent == place / "shared"
    assert (server.home / "postgres" / "data").stat().st_mode & 0o077 == 0
    server.stop()


@as_root
def test_root_keeps_a_copy_of_a_server_that_its_account_cannot_reach(
    place: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    wheel = programs.wheel()
    (hidden / "libraries").symlink_to(wheel.parent)
    monkeypatch.setattr(programs, "_SHARED", place / "shared")
    monkeypatch.setattr(programs, "wheel", lambda: hidden / "libraries" / wheel.name)
    server = EmbeddedServer(home)

    server.ensure()

    (copy,) = (place / "shared").glob("server-*")
    assert copy in Path(f"/proc/{master(server)}/exe").readlink().parents
    assert {file.stat().st_uid for file in copy.rglob("*")} == {0}
    assert hidden.stat().st_mode & 0o777 == 0o700
    server.stop()


@as_root
def test_root_lets_in_no_third_account(used: EmbeddedServer) -> None:
    used.ensure()
    owner = (used.home / "postgres" / "data").stat().st_uid

    assert owner != 0
    assert as_account(pwd.getpwuid(owner).pw_name, lambda: ask(used, "SELECT 1")) == 0
    assert as_account("daemon", lambda: ask(used, "SELECT 1")) == 1


@as_root
def test_an_ordinary_user_has_a_server_of_their_own(place: Path) -> None:
    nobody = programs.account_of(pwd.getpwnam("nobody").pw_uid)
    if not nobody.may_enter(programs.wheel()):
        pytest.skip("the Python environment is where an ordinary user may not go")
    theirs = place / "theirs"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, nobody.uid, nobody.gid)
    server = EmbeddedServer(theirs / "home")

    assert as_account("nobody", lambda: server.ensure("preceptor")) == 0

    assert {Path(f"/proc/{process}").stat().st_uid for process in server.processes()} == {nobody.uid}
    assert as_account("nobody", lambda: ask(server, "SELECT 1", "preceptor")) == 0
    assert as_account("daemon", server.ensure) == 1
    assert ask(server, "SELECT 1", "preceptor") == 1, "root may look"
    assert as_account("nobody", server.stop) == 0
    assert server.processes() == []
