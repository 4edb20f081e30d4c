"""What operations share: the people and cases in the database, and the two servers, started when first asked for."""

import contextlib
import os
import random
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.databases import MANY, copy_portal, looking_at
from benchmarks.serving import Ask, Server, served

SEED = 20261124
FEW_CASES, MANY_CASES, LARGE = 10_000, 100_000, 1_000_000
TOKEN = "b" * 32


class Bench:
    """`scratch` is a directory for files, `stack` closes what was opened, `many` is how many cases MANY holds."""

    def __init__(self, scratch: Path, stack: contextlib.ExitStack, *, many: int, quick: bool = False) -> None:
        self.scratch, self.stack, self.many, self.quick = scratch, stack, many, quick
        self.references: list[str] = []
        self.officers: list[Any] = []

    def times(self, repetitions: int) -> int:
        """Return how often to repeat: a tenth of it, at least once, in a quick run."""
        return max(1, repetitions // 10) if self.quick else repetitions

    # The data

    def prepare(self, *, with_many: bool) -> None:
        """Fill the databases. Nobody else may be connected yet."""
        from django.core.management import call_command
        from django.db import connection

        from embassy.demo import missions, people, policy, questionnaire

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        for part in (missions, policy, people, questionnaire):
            part.load()
        self.add_people_and_cases()
        connection.close()
        if with_many:
            self.add_many()

    def add_people_and_cases(self) -> None:
        from benchmarks.cases import add_cases
        from consular.missions.models import Mission
        from tests.factories.accounts import StaffFactory
        from tests.factories.missions import PostingFactory

        self.officers = [StaffFactory(email=f"bench{n}@example.org") for n in range(20)]
        for officer in self.officers:
            for mission in Mission.objects.all():
                PostingFactory(user=officer, mission=mission)
        self.officers_client  # noqa: B018 - signed in before MANY is copied
        self.references = add_cases(FEW_CASES, seed=SEED, officers=self.officers)

    def add_many(self) -> None:
        from benchmarks.cases import add_cases

        copy_portal(os.environ["PORTAL_DATABASE_URL"])
        with looking_at(MANY):
            add_cases(self.many - FEW_CASES, seed=SEED + 1, officers=self.officers)

    @cached_property
    def applicant(self) -> Any:
        from consular.accounts.models import User

        return User.objects.filter(is_staff=False).earliest("pk")

    def new_person(self) -> Any:
        from tests.factories.accounts import UserFactory

        return UserFactory()

    @cached_property
    def officers_client(self) -> Any:
        """A browser in this process of an officer whom the stock admin lets in too."""
        from django.test import Client

        from tests.factories.accounts import sign_in

        officer = self.officers[0]
        officer.is_superuser = True
        officer.save()
        return sign_in(Client(), officer)

    @cached_property
    def name(self) -> str:
        """Parts of the name of one case."""
        from consular.cases.models import Case

        return Case.objects.get(reference=self.references[5]).name_latin.replace(" ", "+")

    @cached_property
    def mission(self) -> Any:
        from consular.missions.models import Mission

        return Mission.objects.get(code="virtual-naruvia")

    def draft(self, *, complete: bool = False) -> Any:
        """Return a tourist's draft; a complete one lacks the declaration alone."""
        from tests.factories import applications

        made = applications.VisaApplicationFactory(applicant=self.applicant, mission=self.mission)
        return applications.complete(made) if complete else made

    @cached_property
    def evisa(self) -> Any:
        """An issued e-visa whose paper is in Persian and English."""
        from tests.factories.visas import approved_application
        from visas.issuance.actions.issue import issue

        self.applicant.language = "fa"
        application = approved_application(applicant=self.applicant, mission=self.mission)
        return issue(application)

    # The servers

    @cached_property
    def portal(self) -> Server:
        environment = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        return self.serve("embassy.wsgi", environment, "portal")

    @cached_property
    def peer(self) -> Server:
        return self.serve("benchmarks.peer.wsgi", self.peer_environment, "peer")

    @property
    def peer_environment(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings"}

    @cached_property
    def peer_session(self) -> str:
        """The session of the peer's user; its tables are made on the way."""
        command = [sys.executable, "-m", "benchmarks.peer.prepare"]
        made = subprocess.run(
            command, env={**os.environ, **self.peer_environment}, check=True, capture_output=True, text=True
        )
        return made.stdout.strip()

    def serve(self, application: str, environment: dict[str, str], name: str) -> Server:
        return self.stack.enter_context(served(application, environment, self.scratch / f"{name}.log"))

    # Requests

    def session_of(self, user: Any) -> str:
        from django.test import Client

        from tests.factories.accounts import sign_in

        return sign_in(Client(), user).cookies["sid"].value

    def as_applicant(self, path: str, form: dict[str, str] | None = None, expect: int = 200) -> Ask:
        return Ask(path, with_token(form), cookies(sid=self._applicants_session), expect)

    @cached_property
    def _applicants_session(self) -> str:
        return self.session_of(self.applicant)

    def peer_form(self, rows: int) -> Ask:
        form = {f"field{n}": "Shirin Azad of Sabel" for n in range(4)}
        return Ask(f"/save/{rows}/", with_token(form), cookies(sessionid=self.peer_session), 302)


def cookies(**values: str) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in {**values, "csrftoken": TOKEN}.items())}


def with_token(form: dict[str, str] | None) -> dict[str, str] | None:
    return None if form is None else {**form, "csrfmiddlewaretoken": TOKEN}


def from_somebody(rng: random.Random) -> dict[str, str]:
    """Return the header of a client that has not been seen before, as limits on guessing demand."""
    return {"X-Forwarded-For": ".".join(str(rng.randrange(1, 255)) for _ in range(4))}
