"""`run.py` sets up a machine; here its decisions are tested, and the processes it starts (not the installations)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from kombu import Connection

import run


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the `var/` of a checkout of the test's own, with a space and a percent sign in its path."""
    place = tmp_path / "a b%20c" / "var"
    place.mkdir(parents=True)
    monkeypatch.setattr(run, "ROOT", place.parent)
    monkeypatch.setattr(run, "VAR", place)
    monkeypatch.setattr(run, "LOG", place / "log")
    monkeypatch.setattr(run, "STAMPS", place / "stamps")
    return place


@pytest.fixture
def place(var: Path) -> run.Place:
    return run.Place(var, durable=False)


@pytest.fixture
def port_of_another() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def child(code: str, var: Path, **how: object) -> run.Child:
    return run.Child("example", [sys.executable, "-c", code], var / "log/example.log", **how)


# Stamps


def test_a_digest_notices_contents_names_and_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = run.digest([tmp_path / "a"])
    assert first == run.digest([tmp_path / "a"])
    assert first != run.digest([tmp_path / "a"], "more")
    (tmp_path / "a").rename(tmp_path / "b")
    assert first != run.digest([tmp_path / "b"])
    (tmp_path / "b").rename(tmp_path / "a").write_text("y")
    assert first != run.digest([tmp_path / "a"])


def test_work_that_ended_well_is_stamped(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "work"
    with run.stamping(stamp, "v1"):
        assert not run.is_stamped(stamp, "v1")
    assert run.is_stamped(stamp, "v1")
    assert not run.is_stamped(stamp, "v2")


def test_work_that_failed_loses_even_its_old_stamp(tmp_path: Path) -> None:
    stamp = tmp_path / "work"
    stamp.write_text("v1")
    with pytest.raises(run.Problem), run.stamping(stamp, "v2"):
        raise run.Problem
    assert not stamp.exists()


def test_catalogues_are_compiled_once_and_again_when_a_text_changes(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    po = var.parent / "locale/fa/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n')
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    run.ensure_catalogues()
    mo = po.with_suffix(".mo")
    first = mo.read_bytes()
    monkeypatch.setattr(run, "in_venv", lambda *_: pytest.fail("compiled again for nothing"))
    run.ensure_catalogues()
    monkeypatch.undo()
    assert b"b\x00" in first


def test_a_rewritten_migration_is_noticed_and_a_new_one_is_not(place: run.Place) -> None:
    first = run.ROOT / "visas/policy/migrations/0001_initial.py"
    first.parent.mkdir(parents=True)
    first.write_text("one")
    assert run.rewritten_migrations(place) == []
    run.remember_migrations(place)
    first.with_name("0002_more.py").write_text("two")
    assert run.rewritten_migrations(place) == []
    first.write_text("one, rewritten")
    assert run.rewritten_migrations(place) == ["visas/policy/migrations/0001_initial.py"]


# Paths and addresses


def test_sockets_lie_beside_the_data_where_the_path_is_short() -> None:
    assert run.socket_directory(Path("/home/a/embassy/var")) == Path("/home/a/embassy/var/run")


@pytest.mark.parametrize("folder", ["x" * 100, "پوشه" * 12], ids=["ascii", "two bytes a letter"])
def test_sockets_move_to_a_short_folder_where_the_path_is_long(folder: str) -> None:
    data = Path("/home/a") / folder / "var"
    sockets = run.socket_directory(data)
    assert not sockets.is_relative_to(data)
    assert len(os.fsencode(sockets / run.LONGEST_SOCKET)) <= run.SOCKET_PATH_LIMIT
    assert sockets != run.socket_directory(data / "test")


def test_the_embedded_database_answers_at_its_address(place: run.Place) -> None:
    with run.Crew("example") as crew:
        run.start_postgres(crew, place, run.postgres_directories()[-1])
        settings = dj_database_url.parse(place.database_url)
        with psycopg.connect(
            host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
        ) as connection:
            assert connection.execute("SHOW unix_socket_permissions").fetchone() == ("0700",)
            assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_the_embedded_broker_answers_at_its_address(place: run.Place) -> None:
    with run.Crew("example") as crew:
        run.start_valkey(crew, place, run.valkey_programs()[-1])
        with Connection(place.redis_url) as connection:
            assert connection.default_channel.client.ping()


def test_a_folder_that_a_stranger_laid_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "theirs")
    with pytest.raises(run.Problem, match="belongs to somebody else"):
        run.make_private(tmp_path / "run", os.getuid())


def test_the_socket_folder_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o755)
    run.make_private(tmp_path / "run", os.getuid())
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


# The environment


def test_servers_of_the_reader_s_own_win(place: run.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://elsewhere/portal")
    monkeypatch.setenv("PORTAL_REDIS_URL_FILE", "/etc/redis-url")
    monkeypatch.delenv("PORTAL_REDIS_URL", raising=False)
    env = run.environment(place, "development")
    assert env["PORTAL_DATABASE_URL"] == "postgresql://elsewhere/portal"
    assert "PORTAL_REDIS_URL" not in env


def test_secrets_are_made_once_and_kept_from_others(
    place: run.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in run.SECRETS:
        monkeypatch.delenv(name, raising=False)
    files = [Path(run.environment(place, "development")[f"{name}_FILE"]) for name in run.SECRETS]
    texts = [file.read_text() for file in files]
    assert [file.read_text() for file in files] == texts
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert len(set(texts)) == len(texts)
    assert min(map(len, texts)) >= 50


def test_font_settings_quote_what_a_path_may_hold(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = var.parent / "R&D <1>" / "assets/fonts"
    fonts.mkdir(parents=True)
    monkeypatch.setattr(run, "ROOT", fonts.parent.parent)
    assert "R&amp;D &lt;1>/assets/fonts</dir>" in run.write_font_settings().read_text()


@pytest.mark.parametrize(("wish", "shown"), [(None, "no"), ("yes", "yes")])
def test_visitors_see_the_portals_own_error_pages_unless_a_developer_asks(
    place: run.Place, monkeypatch: pytest.MonkeyPatch, wish: str | None, shown: str
) -> None:
    monkeypatch.delenv("PORTAL_DEBUG", raising=False)
    if wish:
        monkeypatch.setenv("PORTAL_DEBUG", wish)
    with socket.socket() as listener:
        web = run.web_server(run.environment(place, "development"), listener)
    assert web.environment is not None
    assert web.environment["PORTAL_DEBUG"] == shown


# Ports


def test_a_taken_port_is_named_with_a_way_out(port_of_another: int) -> None:
    with pytest.raises(run.Problem, match=f"Port {port_of_another} is taken .* PORT=8001 python3 run.py"):
        run.reserve_port(str(port_of_another))


@pytest.mark.parametrize("text", ["", "eighty", "-1", "65536", "80.0"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(run.Problem, match="PORT must be a number"):
        run.reserve_port(text)


def test_a_reserved_port_is_kept_from_others() -> None:
    with run.reserve_port("0") as listener, pytest.raises(run.Problem, match="is taken"):
        run.reserve_port(str(listener.getsockname()[1]))


# Locks


def test_a_second_start_is_told_who_runs(var: Path) -> None:
    with run.only_one("demo", run.ALREADY_RUNS):
        with pytest.raises(run.Problem, match=rf"already runs \(process {os.getpid()}\)"):
            run.only_one("demo", run.ALREADY_RUNS).__enter__()
        assert run.process_holding("demo") == os.getpid()
    assert run.process_holding("demo") is None


def test_reset_spares_what_is_not_data(var: Path) -> None:
    for name in ("postgres", "files", "sys", "cache", "test"):
        (var / name).mkdir()
    for name in ("secret_key", "demo.lock", "demo.children"):
        (var / name).touch()
    assert {path.name for path in run.data_files()} == {"postgres", "files", "secret_key"}


# Processes


def test_a_failed_command_shows_the_end_of_what_it_said(var: Path) -> None:
    with pytest.raises(run.Problem, match=r"(?s)This command failed.*the reason.*setup\.log"):
        run.call(sys.executable, "-c", "print('the reason'); raise SystemExit(3)")


def test_a_child_is_stopped_with_all_that_it_started(var: Path) -> None:
    program = child("import subprocess; subprocess.run(['sleep', '60'])", var, patience=5)
    with run.Crew("example") as crew:
        crew.start(program)
        run.wait_until(lambda: len(run.remnants([program.process.pid])) == 2, program, 10)
    time.sleep(0.1)
    assert not run.remnants([program.process.pid])
    assert not (var / "example.children").exists()


def test_a_child_that_will_not_end_is_killed(var: Path) -> None:
    code = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    stubborn = child(code, var, patience=0.2)
    stubborn.start()
    run.wait_until(lambda: "ready" in stubborn.log.read_text(), stubborn, 10)
    stubborn.stop()
    assert stubborn.process.returncode == -signal.SIGKILL


def test_an_essential_child_that_ends_ends_everything(var: Path) -> None:
    with run.Crew("example") as crew:
        crew.start(child("print('no room left')", var))
        with pytest.raises(run.Problem, match=r"(?s)example ended unexpectedly \(exit 0\).*no room left"):
            crew.watch()


def test_another_child_is_started_again_ever_more_patiently(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = child("", var, essential=False)
    clock = [0.0]
    monkeypatch.setattr(run.time, "monotonic", lambda: clock[0])
    with run.Crew("example") as crew:
        crew.start(worker)
        restarts = []
        for second in range(20):
            clock[0] = second
            first = worker.process
            first.wait()
            crew.replace(worker)
            restarts += [second] if worker.process is not first else []
    assert restarts == [1, 3, 7, 15]
    assert "example has ended and is started again" in capsys.readouterr().out


def test_no_child_outlives_a_killed_parent(var: Path) -> None:
    code = f"""
import sys, time; sys.path.insert(0, {str(Path(run.__file__).parent)!r})
from pathlib import Path
import run
run.VAR = run.ROOT = Path({str(var)!r})
crew = run.Crew("example")
child = crew.start(run.Child("sleeper", ["sleep", "60"], run.VAR / "log"))
print(child.process.pid, flush=True); time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    sleeper = int(parent.stdout.readline())
    assert run.remnants([sleeper])
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 5
    while run.remnants([sleeper]) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not run.remnants([sleeper])


def test_what_a_killed_start_left_behind_is_ended_by_the_next(var: Path) -> None:
    orphan = child("import time; time.sleep(60)", var, patience=0)
    orphan.start()
    (var / "example.children").write_text(f"{orphan.process.pid} 0\n")
    with run.Crew("example"):
        assert orphan.process.wait(5) == -signal.SIGKILL


def test_a_stranger_with_a_recycled_id_is_left_alone(var: Path) -> None:
    with subprocess.Popen(["sleep", "60"], cwd="/", start_new_session=True) as stranger:
        assert not run.remnants([stranger.pid])
        stranger.kill()


# Words


def test_an_unknown_command_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["strat"]) == 2
    assert "python3 run.py reset" in capsys.readouterr().out


def test_help_starts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    assert "python3 run.py" in capsys.readouterr().out
