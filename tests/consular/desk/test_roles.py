"""Every page of the admin, for a member of staff whom no role lets in: as for strangers, there is none."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.accounts import StaffFactory, sign_in

pytestmark = pytest.mark.django_db

# About the member of staff alone, or about nothing
FOR_ALL_STAFF = {"index", "login", "logout", "password_change", "password_change_done", "jsi18n"}
# For all staff on purpose: an empty list where nobody serves at a mission, and a way back where there is no next case
EMPTY = {"issuance_evisa_changelist": 200, "desk:case_next": 302}
SAMPLES = {"int": 1, "str": "en", "slug": "en", "uuid": "00000000-0000-4000-8000-000000000001", "path": "1"}
NAMES_OF_APPS = {"app_list": "cases"}  # whose address is no converter but an expression


def pages() -> dict[str, str]:
    """Return the address of every page of the admin by its name, with values for its parts that fit."""
    resolver = next(found for found in resolvers(get_resolver()) if found.namespace == "admin")
    return {name: address(name, pattern) for name, pattern in named(resolver)}


def resolvers(resolver: URLResolver) -> Iterator[URLResolver]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield each
            yield from resolvers(each)


def named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern) and each.name:
            yield f"{space}{each.name}", each
        elif isinstance(each, URLResolver):
            yield from named(each, f"{space}{each.namespace}:" if each.namespace else space)


def address(name: str, pattern: URLPattern) -> str:
    if name in NAMES_OF_APPS:
        return reverse(f"admin:{name}", args=[NAMES_OF_APPS[name]])
    return reverse(f"admin:{name}", kwargs=samples(pattern))


def samples(pattern: URLPattern) -> dict[str, object]:
    return {
        part: SAMPLES.get(type(converter).__name__.removesuffix("Converter").lower(), "en")
        for part, converter in pattern.pattern.converters.items()
    }


@pytest.fixture
def without_role(client):
    return sign_in(client, StaffFactory())


def test_to_staff_without_a_role_no_page_of_the_admin_exists(without_role):
    found = {}
    for name, where in pages().items():
        if name not in FOR_ALL_STAFF | EMPTY.keys():
            found |= {f"{name} {method}": status(without_role, method, where) for method in ("get", "post")}
    assert len(found) > 200
    assert {name: code for name, code in found.items() if code not in {404, 405}} == {}


@pytest.mark.parametrize(("name", "code"), EMPTY.items())
def test_what_all_staff_may_open_is_said_here(without_role, name, code):
    assert without_role.post(reverse(f"admin:{name}")).status_code == code


def status(client: Client, method: str, where: str) -> int:
    code: int = getattr(client, method)(where).status_code
    return code
