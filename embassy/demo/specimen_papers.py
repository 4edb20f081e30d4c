"""Papers of people who do not exist, as PDF: bank statements and letters, each marked SPECIMEN."""

import datetime as dt
import html
import io
import random
from collections.abc import Sequence

PAY_DAY = 4  # of a month, or earlier

STATEMENT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Statement (SPECIMEN)</title>
<style>
@page {{ size: A4; margin: 20mm; @bottom-center {{ content: "SPECIMEN - page " counter(page); }} }}
body {{ font: 10pt sans-serif; }} h1 {{ font-size: 16pt; }} table {{ width: 100%; }}
td, th {{ text-align: left; border-bottom: .3pt solid #888; padding: 2pt; }}
td:nth-child(n+3), th:nth-child(n+3) {{ text-align: right; }}
#mark {{ position: fixed; top: 110mm; left: 10mm; font-size: 70pt; color: #eecccc; }}
</style><body><div id="mark">SPECIMEN</div><h1>First Bank of {town} (SPECIMEN)</h1>
<p>Account holder: {holder}<br>Account: QV00 SPEC 0000 {account}<br>Period: {first} to {last}</p>
<table><tr><th>Date</th><th>Text</th><th>Amount EUR</th><th>Balance EUR</th></tr>{rows}</table>
<p>Closing balance on {last}: EUR {balance}</p></body></html>"""


def bank_statement_pdf(  # noqa: PLR0913 - keywords, all but two have a default
    holder: str,
    *,
    until: dt.date,
    months: int = 3,
    opening: float = 4200,
    town: str = "Port Sabel",
    seed: str = "specimen",
) -> bytes:
    """Return a PDF with text: the movements of `months` months up to the date `until` and the balance."""
    rng = random.Random(f"statement {seed} {holder}")
    first = until - dt.timedelta(days=30 * months)
    rows, balance = movements(rng, first, until, opening)
    page = STATEMENT.format(
        town=html.escape(town),
        holder=html.escape(holder),
        account=rng.randint(1000, 9999),
        first=first.isoformat(),
        last=until.isoformat(),
        balance=f"{balance:,.2f}",
        rows="".join(rows),
    )
    return pdf(page)


def movements(rng: random.Random, first: dt.date, until: dt.date, balance: float) -> tuple[list[str], float]:
    """(rows of a table, the balance after them): a salary a month and everyday payments."""
    rows, day = [], first
    while (day := day + dt.timedelta(days=rng.randint(2, 5))) <= until:
        pay = day.day <= PAY_DAY
        amount = rng.randint(210000, 260000) / 100 if pay else -rng.randint(400, 18000) / 100
        balance += amount
        text = "Salary" if pay else rng.choice(("Groceries", "Rent", "Transport", "Pharmacy"))
        rows.append(f"<tr><td>{day.isoformat()}<td>{text}<td>{amount:,.2f}<td>{balance:,.2f}</tr>")
    return rows, balance


LETTER = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} (SPECIMEN)</title>
<style>
@page {{ size: A4; margin: 25mm; }} body {{ font: 11pt/1.5 sans-serif; }} h1 {{ font-size: 16pt; }}
#mark {{ position: fixed; top: 110mm; left: 5mm; font-size: 70pt; color: #eecccc; }}
</style><body><div id="mark">SPECIMEN</div><h1>{title}</h1>{lines}</body></html>"""


def letter_pdf(title: str, lines: Sequence[str]) -> bytes:
    """Return a PDF of one page: a plan, an invitation, a permit, with a paragraph for each line."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return pdf(LETTER.format(title=html.escape(title), lines=paragraphs))


def pdf(page: str) -> bytes:
    from weasyprint import HTML

    written: bytes = HTML(string=page).write_pdf()
    return written


def locked(content: bytes) -> bytes:
    """Return a PDF that opens with a password only."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="specimen", owner="specimen"))
    return out.getvalue()
