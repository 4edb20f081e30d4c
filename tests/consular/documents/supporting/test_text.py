"""Days, names and languages in text."""

import datetime as dt

import pytest

from consular.documents.supporting.dates import days_in
from consular.documents.supporting.language import language_of
from consular.documents.supporting.names import stands_in

ENDS = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "Period: to 2026-11-24.", "24.11.2026", "24/11/2026", "11/24/2026", "valid until 24 November 2026",
        "November 24, 2026", "le 24 novembre 2026", "el 24 de noviembre de 2026", "٢٤ نوفمبر ٢٠٢٦",
        "۱۴۰۵/۰۹/۰۳", "۳ آذر ۱۴۰۵", "24th Nov 2026",
    ],
)  # fmt: skip
def test_a_day_is_found_in_our_languages_and_calendars(text):
    assert days_in(text) == [ENDS]


@pytest.mark.parametrize(
    "text",
    ["10/11/2026", "2026-13-40", "31.02.2026", "IBAN 20261124", "1.2.3.4", "24.11.26", "99 Bananas 2026", ""],
)
def test_what_could_be_two_days_or_is_none_is_no_day(text):
    assert days_in(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Account holder: SHIRIN AZAD", ("Shirin Azad",)),
        ("AZAD, Shirin", ("Shirin Azad",)),
        ("صاحب حساب: شیرین آزاد", ("Shirin Azad", "شیرین آزاد")),
        ("Frau Jana MÜLLER-WEISS", ("Jana Müller Weiß",)),
        ("Frau Jana MUELLER", ("Jana Müller",)),
        ("Иванов Пётр", ("Petr Ivanov", "Иванов Пётр")),
        ("IVANOV PETR", ("Иванов Петр",)),
        ("Владелец: ИВАНОВ ПЕТР", ("PETR IVANOV",)),
    ],
)
def test_a_name_is_found_in_either_script(text, names):
    assert stands_in(text, names)


@pytest.mark.parametrize("text", ["Shirin Noor", "Azadi Square, Shirinabad", "", "S. Azad"])
def test_a_part_of_a_name_is_not_the_name(text):
    assert not stands_in(text, ("Shirin Azad", "شیرین آزاد"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is to confirm that the account of the holder is open and in good standing with the bank."),
        ("fr", "Nous confirmons par la présente que le compte de la titulaire est ouvert dans les livres de la banque."),
        ("es", "Se confirma que la cuenta de la titular está abierta en los libros del banco y con saldo para el viaje."),
        ("fa", "گواهی می‌شود که حساب مشتری در این بانک باز است و موجودی آن تا این تاریخ به شرح زیر است"),
        ("ar", "نشهد بأن حساب العميل في هذا البنك مفتوح وأن رصيده إلى هذا التاريخ على النحو التالي من هذا"),
        ("ru", "Настоящим подтверждаем, что счёт клиента открыт в нашем банке и действует."),
        ("", "1234 5678 9012"),
        ("", "Lorem ipsum dolor sit amet consectetur adipiscing elit sed"),
    ],
)  # fmt: skip
def test_a_language_is_told_or_left_open(language, text):
    assert language_of(text) == language
