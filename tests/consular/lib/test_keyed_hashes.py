import pytest

from consular.lib.keyed_hashes import keyed_hash, keyed_hashes

OLD, NEW = "an old key of at least forty random characters", "a new key of at least forty random characters"


@pytest.fixture
def _two_keys(settings):
    settings.FIELD_KEYS = [NEW, OLD]


@pytest.mark.usefixtures("_two_keys")
def test_the_current_key_makes_and_earlier_ones_recognise(settings):
    made = keyed_hashes("secret", purpose=b"test")
    settings.FIELD_KEYS = [OLD]
    before = keyed_hash("secret", purpose=b"test")
    assert made[1] == before != made[0]


@pytest.mark.usefixtures("_two_keys")
def test_one_secret_is_kept_otherwise_for_each_purpose():
    assert keyed_hash("secret", purpose=b"one") != keyed_hash("secret", purpose=b"other")


@pytest.mark.usefixtures("_two_keys")
def test_what_is_kept_never_changes():
    assert keyed_hash("secret", purpose=b"test") == (
        "83523261ad70db1927efe1d5c33b7d9e5813e6a2c0d92d87b3726b77f8b4bb77"
    )
