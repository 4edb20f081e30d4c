"""Keys of files and of cases: locked, moved, locked anew, destroyed for ever."""

import uuid

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from consular.audit.models import Entry
from consular.vault import actions
from consular.vault.locks import KeyDestroyedError, key_of
from consular.vault.models import Key, Safe
from consular.vault.streaming import DamagedError
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "an-old-field-key-that-is-long-enough-for-us", "a-new-field-key-that-is-long-enough-for-us"


@pytest.fixture
def case():
    return CaseFactory()


def made():
    key_id = uuid.uuid4()
    return key_id, actions.make_key(key_id)


def test_a_key_is_kept_locked_and_comes_back():
    key_id, key = made()
    assert key_of(key_id) == key
    assert len(key) == 32
    assert key.hex() not in Key.objects.get().locked_key


def test_what_never_had_a_key_has_none():
    assert key_of(uuid.uuid4()) is None


def test_a_key_goes_along_into_the_safe_of_its_case_and_opens_the_same_files(case):
    (one, key), (other, _) = made(), made()
    actions.put_into_safe_of(case, [one, other])
    assert key_of(one) == key
    assert Key.objects.filter(safe__name=f"cases.case:{case.pk}").count() == 2
    before = Key.objects.get(pk=one).locked_key
    actions.put_into_safe_of(case, [one])
    assert Key.objects.get(pk=one).locked_key == before


def test_documents_from_before_there_were_keys_are_passed_over(case):
    actions.put_into_safe_of(case, [uuid.uuid4()])
    assert not Key.objects.exists()


def test_destroying_the_key_of_a_case_erases_whatever_lay_in_its_safe_and_the_trail_says_so(case):
    key_id, _ = made()
    actions.put_into_safe_of(case, [key_id])
    assert actions.destroy_safe_of(case, by=None, rule="refused", days=365)
    with pytest.raises(KeyDestroyedError):
        key_of(key_id)
    assert (Safe.objects.get().locked_key, Key.objects.get().locked_key) == ("", "")
    entry = Entry.objects.about(case).get()
    assert (entry.verb, entry.detail["keys"], entry.detail["rule"]) == ("vault.safe_destroyed", 1, "refused")


def test_a_copy_of_a_key_s_row_is_worth_nothing_without_its_case_s_key(case):
    """Somebody who kept the row of a document's key cannot open it once the key of the case is gone."""
    key_id, _ = made()
    actions.put_into_safe_of(case, [key_id])
    copy = Key.objects.select_related("safe").get()
    Safe.objects.filter(pk=copy.safe_id).update(locked_key="", destroyed_at="2026-11-24T12:00Z")
    with pytest.raises(KeyDestroyedError):
        key_of(key_id)


def test_destroying_twice_changes_nothing_and_is_told_once(case):
    key_id, _ = made()
    actions.put_into_safe_of(case, [key_id])
    assert actions.destroy_safe_of(case, by=None)
    at = Safe.objects.get().destroyed_at
    assert not actions.destroy_safe_of(case, by=None)
    assert actions.destroy_keys([key_id]) == 0
    assert Safe.objects.get().destroyed_at == at
    assert Entry.objects.about(case).count() == 1


def test_nothing_is_put_into_a_safe_that_is_no_more(case):
    (first, _), (second, key) = made(), made()
    actions.put_into_safe_of(case, [first])
    actions.destroy_safe_of(case, by=None)
    with pytest.raises(KeyDestroyedError):
        actions.put_into_safe_of(case, [second])
    assert key_of(second) == key


@pytest.mark.parametrize("model", [Key, Safe])
def test_the_database_gives_no_destroyed_key_back_and_forgets_none(model, case):
    key_id, _ = made()
    actions.put_into_safe_of(case, [key_id])
    row = model.objects.get()
    actions.destroy_safe_of(case, by=None)
    with pytest.raises(IntegrityError, match="stays destroyed"), transaction.atomic():
        model.objects.update(locked_key=row.locked_key, destroyed_at=None)
    with pytest.raises(IntegrityError, match="are kept"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_keys_are_locked_anew_when_the_field_key_changes_and_no_file_is_touched(case, settings, capsys):
    settings.FIELD_KEYS = [OLD]
    (loose, loose_key), (kept, kept_key), (gone, _) = made(), made(), made()
    actions.put_into_safe_of(case, [kept])
    actions.destroy_keys([gone])
    settings.FIELD_KEYS = [NEW, OLD]
    call_command("relock_keys")
    assert capsys.readouterr().out.startswith("2 keys")
    settings.FIELD_KEYS = [NEW]
    assert (key_of(loose), key_of(kept)) == (loose_key, kept_key)
    assert actions.relock() == 0


def test_without_the_field_key_nothing_opens(case, settings):
    settings.FIELD_KEYS = [OLD]
    key_id, _ = made()
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(DamagedError):
        key_of(key_id)


def test_a_key_copied_into_another_row_or_another_safe_opens_nothing(case):
    (one, _), (other, _) = made(), made()
    Key.objects.filter(pk=other).update(locked_key=Key.objects.get(pk=one).locked_key)
    with pytest.raises(DamagedError):
        key_of(other)
    actions.put_into_safe_of(case, [one])
    elsewhere = actions.make.safe_of(CaseFactory())
    Key.objects.filter(pk=one).update(safe=elsewhere)
    with pytest.raises(DamagedError):
        key_of(one)
