"""Settings are read strictly, and a refusal names the variable."""

from pathlib import Path

import pytest

from preceptor.config import env


def test_a_variable_that_is_not_set_gives_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRECEPTOR_X", raising=False)

    assert env.text("PRECEPTOR_X", "calm") == "calm"
    assert env.flag("PRECEPTOR_X", default=True) is True
    assert env.number("PRECEPTOR_X", 7, least=1, most=9) == 7
    assert env.words("PRECEPTOR_X", ["a", "b"]) == ["a", "b"]
    assert env.path("PRECEPTOR_X", Path("/srv")) == Path("/srv")
    assert env.choice("PRECEPTOR_X", "red", of=("red", "blue")) == "red"


def test_a_variable_that_is_set_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, read in {" Yes ": True, "0": False, "off": False, "TRUE": True}.items():
        monkeypatch.setenv("PRECEPTOR_X", value)
        assert env.flag("PRECEPTOR_X", default=not read) is read
    monkeypatch.setenv("PRECEPTOR_X", "one, two")
    assert env.words("PRECEPTOR_X") == ["one", "two"]
    monkeypatch.setenv("PRECEPTOR_X", "~/here")
    assert env.path("PRECEPTOR_X", Path("/srv")) == Path.home() / "here"
    monkeypatch.setenv("PRECEPTOR_X", "9")
    assert env.number("PRECEPTOR_X", 7, least=1, most=9) == 9


def test_text_without_a_default_must_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRECEPTOR_X", raising=False)

    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is not set"):
        env.text("PRECEPTOR_X")


@pytest.mark.parametrize("value", ["", "  ", "maybe", "2", "yes please"])
def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PRECEPTOR_X", value)

    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is"):
        env.flag("PRECEPTOR_X", default=False)


@pytest.mark.parametrize("value", ["0", "10", "-1", "1.0", "\u0661", "many", ""])
def test_a_number_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PRECEPTOR_X", value)

    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is"):
        env.number("PRECEPTOR_X", 5, least=1, most=9)


def test_other_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEPTOR_X", "a,,b")
    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X has an empty item"):
        env.words("PRECEPTOR_X")
    monkeypatch.setenv("PRECEPTOR_X", "here/and/there")
    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is 'here/and/there'. Write a whole path"):
        env.path("PRECEPTOR_X", Path("/srv"))
    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is 'here/and/there'. Write one of: red, blue"):
        env.choice("PRECEPTOR_X", "red", of=("red", "blue"))


def test_a_home_that_is_a_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("PRECEPTOR_HOME", str(file))

    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_HOME is .* not a folder"):
        env.home()


def test_a_secret_is_made_once_and_kept_from_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PRECEPTOR_X", raising=False)
    file = tmp_path / "home" / "secret"

    first = env.secret("PRECEPTOR_X", kept_in=file)

    assert len(first) >= 32
    assert env.secret("PRECEPTOR_X", kept_in=file) == first
    assert file.stat().st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]


def test_a_secret_from_the_environment_must_be_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRECEPTOR_X", "short")
    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X is too short"):
        env.secret("PRECEPTOR_X", kept_in=tmp_path / "secret")

    monkeypatch.setenv("PRECEPTOR_X", "s" * 32)
    assert env.secret("PRECEPTOR_X", kept_in=tmp_path / "secret") == "s" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_the_home_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRECEPTOR_HOME", str(tmp_path / "home"))

    mail = env.folder("mail")

    assert mail == tmp_path / "home" / "mail"
    assert mail.stat().st_mode & 0o077 == 0
    assert mail.parent.stat().st_mode & 0o066 == 0


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEPTOR_X", "postgresql://nina:p%40ss@db.example:6543/train%20ing?sslmode=require")

    assert env.database_url("PRECEPTOR_X") == {
        "NAME": "train ing",
        "USER": "nina",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_address_may_name_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRECEPTOR_X", "postgres:///preceptor?host=/run/postgresql")

    address = env.database_url("PRECEPTOR_X")

    assert (address["HOST"], address["PORT"], address["USER"], address["OPTIONS"]) == ("/run/postgresql", "", "", {})


@pytest.mark.parametrize(
    "address",
    [
        "mysql://db.example/preceptor",
        "preceptor",
        "postgresql://db.example",
        "postgresql://db.example/",
        "postgresql://db.example/one/two",
        "postgresql://db.example:port/preceptor",
        "postgresql://db.example/preceptor?sslmode",
        "postgresql://[::1/preceptor",
    ],
)
def test_a_database_address_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PRECEPTOR_X", address)

    with pytest.raises(env.SettingError, match=r"^PRECEPTOR_X "):
        env.database_url("PRECEPTOR_X")
