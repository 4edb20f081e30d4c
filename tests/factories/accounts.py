"""People for tests. Staff get their rights by a posting: see `tests.factories.missions`."""

import time
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.test import Client
from factory.django import DjangoModelFactory

from consular.accounts.models import User


class UserFactory(DjangoModelFactory):
    """An applicant who signs in by e-mail code."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"
    password = "!no-password"


class StaffFactory(UserFactory):
    """A member of staff, posted nowhere yet."""

    email = factory.Sequence(lambda n: f"staff{n}@example.org")
    name = factory.Sequence(lambda n: f"Officer {n}")
    is_staff = True


class SuperuserFactory(StaffFactory):
    email = factory.Sequence(lambda n: f"root{n}@example.org")
    is_superuser = True


def sign_in(client: Client, user: Any, *, second_factor: bool = True) -> Client:
    """Sign `user` in and return the client; with `second_factor` as after an authenticator's code."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    methods = [{"method": "code", "at": time.time(), "email": user.email}]
    if second_factor:
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "for-tests"}}
        )
        methods.append({"method": "mfa", "at": time.time(), "type": Authenticator.Type.TOTP.value})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
