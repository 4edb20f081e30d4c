import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from embassy.start.actions import Wanted, write


def ostrania(**changes):
    return Wanted(**{"state": "Ostrania", "alpha2": "QX", "alpha3": "", "languages": ["en", "fa"], **changes})


@pytest.fixture
def folder(tmp_path):
    """Return the folder of another state, as it is written."""
    write(tmp_path / "ostrania", ostrania())
    return tmp_path / "ostrania"


def in_its_own_process(folder, *command):
    """Run Python as another embassy does: settings are read once, at the start."""
    environment = {
        **os.environ,
        "PORTAL_EMBASSY": str(folder),
        "DJANGO_SETTINGS_MODULE": "embassy.settings.test",
        "PORTAL_TEST_DATABASE": f"{settings.DATABASES['default']['NAME']}_start",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def walk(tmp_path_factory):
    """Return what a started and empty embassy says on each of its pages, in both of its languages."""
    folder = tmp_path_factory.mktemp("embassies") / "ostrania"
    write(folder, ostrania(state='Ostrania "<b>&'))
    ended = in_its_own_process(folder, "-m", "tests.embassy.start.walk")
    assert ended.returncode == 0, ended.stderr
    return SimpleNamespace(**json.loads(ended.stdout))
