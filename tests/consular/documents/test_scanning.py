import io
import socket
import threading

import pytest

from consular.documents import scanning
from consular.documents.scanning import ScannerAwayError
from tests.consular.documents import clamd, files


@pytest.fixture(scope="module")
def daemon():
    with clamd.running() as url:
        yield url


@pytest.fixture
def scanner(daemon, settings):
    settings.CLAMD_URL = daemon


@pytest.fixture
def answering(settings):
    """Have a server on this machine answer every question with these bytes."""
    servers = []

    def _answering(answer):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.getsockname()[1]}"

        def serve():
            while True:
                try:
                    line, _address = server.accept()
                except OSError:
                    return
                with line:
                    line.recv(65536)
                    line.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()

    yield _answering
    for server in servers:
        server.close()


@pytest.mark.usefixtures("scanner")
def test_a_harmless_file_is_clean_and_names_the_engine():
    found = scanning.scan(io.BytesIO(files.jpeg()))
    assert found.is_clean
    assert found.engine.startswith("ClamAV ")


@pytest.mark.usefixtures("scanner")
def test_a_known_signature_is_found_wherever_it_stands():
    for content in (clamd.EICAR, files.jpeg() + clamd.EICAR, bytes(3_000_000) + clamd.EICAR):
        assert clamd.SIGNATURE in scanning.scan(io.BytesIO(content)).signature


@pytest.mark.usefixtures("scanner")
def test_the_daemon_answers_the_health_check():
    assert scanning.answers()


def test_a_file_too_long_for_the_daemon_is_our_trouble(settings):
    with clamd.running(stream_limit="1M") as url:
        settings.CLAMD_URL = url
        with pytest.raises(ScannerAwayError):
            scanning.scan(io.BytesIO(bytes(5_000_000)))


@pytest.mark.parametrize("url", ["unix:///nowhere/at/all", "tcp://127.0.0.1:1", "tcp://", "nonsense"])
def test_a_daemon_that_is_away_is_our_trouble(settings, url):
    settings.CLAMD_URL = url
    assert not scanning.answers()
    with pytest.raises(ScannerAwayError):
        scanning.scan(io.BytesIO(b"file"))


@pytest.mark.parametrize(
    "answer", [b"", b"\0", b"stream: OK", b"ClamAV\0", b"\xff\xfe\0", b"x" * 9000, b"stream: OK\0"]
)
def test_an_answer_that_is_none_is_never_taken_for_clean(answering, answer):
    answering(answer)
    with pytest.raises(ScannerAwayError):
        scanning.scan(io.BytesIO(b"file"))
