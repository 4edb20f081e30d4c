"""Parallel guesses: counted in the cache that all processes share."""

import threading

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PARALLEL = 40


def test_of_forty_parallel_guesses_at_a_password_five_are_checked(monkeypatch):
    user = UserFactory(email="target@example.org", password="")
    user.set_password("the password that nobody guesses")
    user.save()
    checked: list[str] = []
    verify = MD5PasswordHasher.verify
    monkeypatch.setattr(
        MD5PasswordHasher,
        "verify",
        lambda self, password, encoded: checked.append(password) or verify(self, password, encoded),
    )
    start = threading.Barrier(8)

    def guess(worker: int) -> None:
        start.wait()
        try:
            for number in range(PARALLEL // 8):
                address = f"10.0.{worker}.{number}"
                data = {"login": "target@example.org", "password": f"guess {worker} {number}"}
                Client(REMOTE_ADDR=address).post("/en/account/login/password/", data)
        finally:
            connection.close()

    workers = [threading.Thread(target=guess, args=[worker]) for worker in range(8)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(checked) == 5
