"""The whole ceremony on the command line: no database where the authority is, no key of it where the portal is."""

import io
import stat

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from django.utils import timezone

from consular.missions.models import Role
from tests.factories.missions import PostingFactory
from visas.seals import actions, bench, bundle
from visas.seals.certificates import der
from visas.seals.models import Authority, RevocationList
from visas.seals.status import Reason, State, Use


@pytest.fixture
def passphrase(tmp_path):
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery staple\n")
    return str(file)


@pytest.fixture
def root(tmp_path, passphrase):
    file = tmp_path / "root.key"
    call_command("seal_root", str(file), passphrase_file=passphrase, stdout=io.StringIO())
    return file


def certify(root, passphrase, *requests):
    out = io.StringIO()
    call_command(
        "seal_certify",
        str(root),
        *map(str, requests),
        passphrase_file=passphrase,
        stdout=out,
        stderr=io.StringIO(),
    )
    return out.getvalue()


def test_the_authoritys_key_is_for_its_owner_alone_and_encrypted(root):
    assert stat.S_IMODE(root.stat().st_mode) == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in root.read_bytes()
    found = x509.load_pem_x509_certificate(root.with_name("root.key.crt").read_bytes())
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_an_authoritys_key_is_never_overwritten(root, passphrase):
    before = root.read_bytes()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("seal_root", str(root), passphrase_file=passphrase)
    assert root.read_bytes() == before


def test_a_short_or_wrong_passphrase_is_refused(root, tmp_path, passphrase):
    short, wrong = tmp_path / "short", tmp_path / "wrong"
    short.write_text("too short")
    wrong.write_text("another horse battery staple")
    with pytest.raises(CommandError, match="at least 20"):
        call_command("seal_root", str(tmp_path / "other"), passphrase_file=str(short))
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("seal_crl", str(root), number=1, passphrase_file=str(wrong))


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing", b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"],
)
def test_what_is_no_request_is_refused(root, tmp_path, passphrase, content):
    file = tmp_path / "request"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="not a request"):
        certify(root, passphrase, file)


def test_the_ceremony_makes_a_key_that_the_portal_uses_and_revokes(
    db, root, tmp_path, passphrase, consul, mission
):
    second = PostingFactory(mission=mission, role=Role.CONSUL).user
    call_command("seal_import", str(root.with_name("root.key.crt")), stdout=io.StringIO())
    assert Authority.objects.get().secret == ""
    used = {}
    for use in Use:
        key = actions.plan(use, by=consul)
        request = tmp_path / f"{use}.pem"
        request.write_bytes(actions.request_of(key))
        actions.hand_in(key, der(certify(root, passphrase, request).encode()), by=consul)
        used[use] = actions.activate(actions.publish(key, by=second), by=consul)
    actions.ask_to_revoke(used[Use.SEAL], by=consul, reason=Reason.COMPROMISE)
    key = actions.revoke(used[Use.SEAL], by=second)
    command = bench.list_command(key).split()
    out, file = io.StringIO(), tmp_path / "list.pem"
    call_command("seal_crl", str(root), *command[3:], passphrase_file=passphrase, stdout=out)
    file.write_text(out.getvalue())
    call_command("seal_import", str(file), stdout=io.StringIO())
    assert RevocationList.objects.get().number == 1
    said = bundle.opened(bundle.bundle(timezone.now()), bundle.public_jwks()[0])
    assert said["crl"]
    assert key.state == State.REVOKED


@pytest.mark.parametrize("content", [b"", b"x", b"\x30\x03\x02\x01\x01"])
def test_what_is_neither_a_certificate_nor_a_list_is_not_imported(db, tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("seal_import", str(file))


@pytest.mark.parametrize(
    "entry", ["", "zz:superseded:2026-01-01", "1:because:2026-01-01", "1:superseded:now", "1"]
)
def test_a_wrong_entry_of_a_list_is_refused_before_the_key_is_opened(root, entry):
    with pytest.raises(CommandError, match="SERIAL:REASON:DATE"):
        call_command("seal_crl", str(root), entry, number=1)
