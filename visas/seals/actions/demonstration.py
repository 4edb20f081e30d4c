"""The keys of a demonstration: it holds the whole ceremony with itself, so that everything works at first start.

The keys are made once a process: a demonstration, and each test, begins anew often, and RSA takes its time.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from visas.seals import certifying, custody
from visas.seals.actions.ceremony import import_authority
from visas.seals.models import Authority, SignerKey
from visas.seals.status import State, Use

LOCK = 0x5EA1 << 40


@transaction.atomic
def make_demonstration_keys() -> None:
    """Make an authority and an active key of each use, unless there is an authority; two workers make one set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::bigint)", [LOCK])
    if Authority.objects.exists():
        return
    now = timezone.now()
    root = _made("root")
    certificate = certifying.authority(root, settings.IDENTITY.alpha2, now=now)
    authority = import_authority(certificate, secret=custody.keeper.keep(root))
    for use in Use:
        _make(use, authority, root)


def _make(use: Use, authority: Authority, root: Any) -> SignerKey:
    private, now = _made(use), timezone.now()
    key = SignerKey(
        use=use, year=now.year, number=1, secret=custody.keeper.keep(private), is_demonstration=True,
        public_key=custody.public_bytes(private), authority=authority, state=State.ACTIVE,
        signs_until=now.date() + certifying.SIGNING, handed_in_at=now, published_at=now, activated_at=now,
    )  # fmt: skip
    key.certificate = certifying.certificate(
        bytes(authority.certificate), root, private.public_key(),
        use=use, signer=key.signer, reference=key.reference, now=now,
    )  # fmt: skip
    key.save(force_insert=True)
    return key


@cache
def _made(name: str) -> Any:
    return custody.new_key(Use.SEAL if name == "root" else Use(name))
