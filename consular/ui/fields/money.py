"""An amount of money in its currency."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_name, get_currency_precision
from django.utils.translation import get_language, gettext_lazy as _

from consular.lib import text
from consular.ui import widgets
from consular.ui.fields.base import UiField, number

_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]+))?")
# What people are paid in and pay with where no list is given; every other one can be added to a question.
CURRENCIES = (  # noqa: SIM905  Codes on two lines are read at a glance
    "AED AFN ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR IQD IRR JOD JPY KRW KWD LBP MAD "
    "MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RUB SAR SEK SGD SYP THB TND TRY UAH USD VND YER ZAR"
).split()


class MoneyField(UiField):
    """An amount and a currency; cleaned to {"amount": "1500.00", "currency": "EUR"}, or None where it is empty.

    The digits may be any of ours; a point or a comma with one or two digits behind it begins the fraction.
    """

    widget: widgets.MoneyWidget = widgets.MoneyWidget  # type: ignore[assignment]
    control = {"inputmode": "decimal"}
    default_error_messages = {
        "required": _("Enter %(name)s"),
        "invalid": _("%(label)s must be an amount of money, like 1500 or 1500.50"),
        "negative": _("%(label)s cannot be less than nothing"),
        "too_fine": _("%(label)s can have only %(digits)s digits after the point"),
        "whole": _("%(label)s must be a whole number in this currency"),
        "no_currency": _("Select the currency of %(name)s"),
    }

    def __init__(self, *, currencies: Collection[str] = (), **kwargs: Any) -> None:
        self.currencies = tuple(currencies) or tuple(CURRENCIES)
        super().__init__(**kwargs)
        self.widget.offered = self.offered()

    def offered(self) -> list[tuple[str, str]]:
        """Return the currencies to choose from, by name in the active language."""
        language = (get_language() or "en").split("-")[0]
        named = [(code, f"{get_currency_name(code, locale=language)} ({code})") for code in self.currencies]
        return named if len(named) == 1 else [("", str(_("Select from the list"))), *named]

    def to_python(self, value: Any) -> dict[str, str] | None:
        """Read a dictionary of the boxes as posted, or the answer itself."""
        boxes = self.widget.format_value(value)
        typed = re.sub(r"[ '\u066c]", "", text.latin(text.tidy(boxes["amount"])))
        if not typed:
            return None
        currency = self.currencies[0] if len(self.currencies) == 1 else boxes["currency"]
        digits = get_currency_precision(currency)
        amount = self.amount(typed, digits)
        if currency not in self.currencies:
            self.fail("no_currency")
        return {"amount": self.exact(amount, digits), "currency": currency}

    def amount(self, typed: str, digits: int) -> Decimal:
        if typed.startswith("-"):
            self.fail("negative")
        found = _AMOUNT.fullmatch(_with_a_point(typed, digits))
        if not found:
            self.fail("invalid")
        return Decimal(found[0])

    def exact(self, amount: Decimal, digits: int) -> str:
        """Write the amount with as many digits after the point as its currency has."""
        exact = round(amount, digits)
        if exact != amount:
            self.fail("too_fine" if digits else "whole", digits=number(digits))
        return f"{exact:.{digits}f}"


def _with_a_point(typed: str, digits: int) -> str:
    """Write 1,500.50 and 1.500,50 as 1500.50: of both signs the last begins the fraction; alone, if no group follows.

    In a currency of three digits after the point, one point alone begins the fraction even before three.
    """
    last = max(typed.rfind("."), typed.rfind(","))
    if last < 0:
        return typed
    sign, whole, rest = typed[last], typed[:last], typed[last + 1 :]
    other = "," if sign == "." else "."
    is_group = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})*", typed) and other not in whole
    begins_fraction = sign == "." and "." not in whole and (digits == len(rest) or whole == "0")
    if is_group and not begins_fraction:
        return typed.replace(sign, "")
    return whole.replace(other, "") + "." + rest
