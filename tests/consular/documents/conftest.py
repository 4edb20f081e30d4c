"""What tests of documents share."""

import sys

import pytest
from django.core.files.storage import default_storage

from consular.documents import actions, cleaning, listeners
from tests.factories.documents import upload


@pytest.fixture
def stored(applicant):
    """Return a function that stores content as the applicant's document: `stored(content, kind="photo")`."""

    def store(content, name="page.jpg", kind="supporting", owner=None):
        return actions.store(upload(content, name), owner=owner or applicant, kind=kind)

    return store


@pytest.fixture
def processed(stored):
    """Return a function that stores content, processes it, and returns the document as it is then."""

    def process(content, **options):
        document = stored(content, **options)
        actions.process(document)
        document.refresh_from_db()
        return document

    return process


@pytest.fixture
def heard():
    """Return the documents that a listener was told about, as a list that grows."""
    told = []
    listeners.on_processed(told.append)
    yield told
    listeners.forget(told.append)


@pytest.fixture
def files_of():
    """Return a function that lists the names of all files stored for a document."""

    def names(document):
        folder = f"documents/{document.pk}"
        found = []
        for place in (folder, f"{folder}/pages"):
            if default_storage.exists(place):
                found += [
                    f"{place}/{name}".removeprefix(f"{folder}/") for name in default_storage.listdir(place)[1]
                ]
        return sorted(found)

    return names


# A child's figure begins with that of who started it: a small process starts it, and writes down the largest in kilobytes
LAUNCHER = """
import os, resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
with open(sys.argv[1], "a") as log:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=log)
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


@pytest.fixture
def most_memory(monkeypatch, tmp_path):
    """Return a function that tells the most bytes that any child of the sandbox has held since the test began."""
    log, command = tmp_path / "memory", cleaning.command
    launcher = [sys.executable, "-c", LAUNCHER, str(log)]
    monkeypatch.setattr(cleaning, "command", lambda request: [*launcher, *command(request)])
    return lambda: max(map(int, log.read_text().split())) * 1024
