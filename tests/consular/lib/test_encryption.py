import pytest
from django.core.exceptions import ImproperlyConfigured

from consular.lib.encryption import UnreadableError, decrypt, encrypt, is_stale


def test_what_is_encrypted_comes_back():
    token = encrypt("geheim ۱۲۳", purpose="test")
    assert "geheim" not in token
    assert decrypt(token, purpose="test") == "geheim ۱۲۳"


def test_the_same_text_never_looks_the_same():
    assert encrypt("a", purpose="test") != encrypt("a", purpose="test")


def test_an_old_key_still_reads_and_the_new_one_writes(settings):
    token = encrypt("a", purpose="test")
    settings.FIELD_KEYS = ["another secret, which is as long as it has to be", *settings.FIELD_KEYS]
    assert decrypt(token, purpose="test") == "a"
    assert is_stale(token)
    assert not is_stale(encrypt("a", purpose="test"))


@pytest.mark.parametrize("token", ["", "p1.x", "p1.00000000.AAAA", "clear text", "p1..", "p1.é.é"])
def test_what_we_did_not_encrypt_is_refused(token):
    with pytest.raises(UnreadableError):
        decrypt(token, purpose="test")


def test_a_version_that_we_do_not_know_is_refused():
    token = encrypt("a", purpose="test")
    with pytest.raises(UnreadableError):
        decrypt("p9" + token[2:], purpose="test")


@pytest.mark.parametrize("keys", [[], ["too short"]])
def test_a_missing_or_short_key_is_said_by_name(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="PORTAL_FIELD_KEY"):
        encrypt("a", purpose="test")
