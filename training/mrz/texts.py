"""Texts of machine-readable lines for training: the shape of the real thing, nobody's data.

Most look like a document's lines, some are noise over the same alphabet, so that the network
learns to read the glyphs and not to guess the text.
"""

import random
import string

ALPHABET = "<" + string.digits + string.ascii_uppercase
LENGTHS = (44, 44, 44, 36, 30)  # TD3 and MRV-A most of the time
SYLLABLES = [
    "MA",
    "RE",
    "KO",
    "LA",
    "VI",
    "SA",
    "TO",
    "NE",
    "RI",
    "DA",
    "SH",
    "KH",
    "OU",
    "AN",
    "EL",
    "BE",
    "ZA",
    "FE",
    "HO",
    "JI",
    "QU",
    "PE",
    "WA",
    "XI",
    "YU",
    "GH",
    "CH",
    "TR",
    "ST",
    "NG",
    "ARD",
    "IAN",
    "OVA",
    "SEN",
    "ESCU",
    "YAN",
    "ZADE",
    "POUR",
    "NEJAD",
    "OGLU",
    "ITZ",
    "ERO",
    "ALES",
    "INI",
    "ELLI",
    "AUX",
    "ILLE",
    "UNG",
    "WOO",
    "KYI",
]


def name_part(rng: random.Random) -> str:
    """One made-up part of a name, mostly of syllables, sometimes of any letters."""
    if rng.random() < 0.25:
        return "".join(rng.choice(string.ascii_uppercase) for _ in range(rng.randint(1, 11)))
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))


def names(rng: random.Random) -> str:
    """Surname and given names as a zone joins them, or a surname alone."""
    surname = "<".join(name_part(rng) for _ in range(rng.choice((1, 1, 1, 2, 3))))
    if rng.random() < 0.05:
        return surname
    return surname + "<<" + "<".join(name_part(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))


def letters(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(string.ascii_uppercase) for _ in range(count))


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(count))


def mixed(rng: random.Random, count: int, fill: float) -> str:
    """Letters and digits, each a filler with probability `fill`."""
    return "".join("<" if rng.random() < fill else rng.choice(ALPHABET[1:]) for _ in range(count))


def number(rng: random.Random) -> str:
    """Return a document number of nine positions: digits, letters and digits, short ones filled up."""
    text = letters(rng, rng.choice((0, 0, 1, 1, 2))) + digits(rng, rng.randint(5, 9))
    return mixed(rng, 9, 0.05) if rng.random() < 0.2 else text[:9].ljust(9, "<")


def name_line(rng: random.Random, length: int) -> str:
    kind = rng.choice(("P<", "P<", "PD", "PS", "PO", "V<", "I<", "P" + letters(rng, 1)))
    state = "D<<" if rng.random() < 0.05 else letters(rng, 3)
    return (kind + state + names(rng))[:length].ljust(length, "<")


def data_line(rng: random.Random, length: int) -> str:
    line = number(rng) + digits(rng, 1) + letters(rng, 3) + digits(rng, 7)
    line += rng.choice("MF<") + digits(rng, 7)
    optional = mixed(rng, rng.randint(0, max(0, length - 30)), 0.02)
    line = (line + optional)[:length].ljust(length, "<")
    return line[:-1] + digits(rng, 1) if rng.random() < 0.7 else line


def card_line(rng: random.Random, length: int) -> str:
    """Return the first and second line of TD1: number first, or dates first."""
    if rng.random() < 0.5:
        line = rng.choice(("I<", "A<", "C<", "ID")) + letters(rng, 3) + number(rng) + digits(rng, 1)
        return (line + mixed(rng, rng.randint(0, 15), 0.1))[:length].ljust(length, "<")
    line = digits(rng, 7) + rng.choice("MF<") + digits(rng, 7) + letters(rng, 3)
    return line[: length - 1].ljust(length - 1, "<") + digits(rng, 1)


def noise_line(rng: random.Random, length: int) -> str:
    return mixed(rng, length, rng.choice((0.0, 0.1, 0.3)))


def line(rng: random.Random) -> str:
    """One line of 44, 36 or 30 characters."""
    length = rng.choice(LENGTHS)
    draw = rng.choice((name_line, name_line, data_line, data_line, noise_line))
    if length == 30 and draw is data_line:
        draw = card_line
    return draw(rng, length)
