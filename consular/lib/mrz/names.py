"""Names: written into a zone that may be too short for them, and compared with what somebody typed."""

from consular.lib.mrz.formats import FILLER, MRZError, spaced
from consular.lib.transliteration import spellings, transliterate


def name_field(surname: str, given_names: str, length: int) -> str:
    """Return the name field: SURNAME<<GIVEN<NAMES, cut by the rules of Doc 9303 where it is too long.

    Every part keeps at least its first letter as long as there is room, later parts give way
    first, the surname leaves room for the first letter of the given names, and a field that was
    cut ends with a letter, which tells that it may have been.
    """
    first, second = transliterate(surname).split(), transliterate(given_names).split()
    if not first:
        first, second = second, []
    if not first:
        raise MRZError("a name needs at least one letter of a known script")
    if not second:
        return squeeze(first, length).ljust(length, FILLER)
    written = squeeze(first, length - 3) + FILLER * 2
    return (written + squeeze(second, length - len(written))).ljust(length, FILLER)


def squeeze(parts: list[str], room: int) -> str:
    """Parts joined by fillers in at most `room` characters; all of it where letters were cut."""
    whole, parts = list(parts), list(parts)
    place = len(parts) - 1
    while len(FILLER.join(parts)) > room and place >= 0:
        parts[place] = parts[place][0]
        place -= 1
    while len(FILLER.join(parts)) > room:
        parts.pop()
    return give_back(parts, whole, room)


def give_back(parts: list[str], whole: list[str], room: int) -> str:
    """Lengthen shortened parts again, the earliest first, as far as there is room."""
    for place, part in enumerate(parts):
        spare = room - len(FILLER.join(parts))
        parts[place] = whole[place][: len(part) + spare]
    return FILLER.join(parts)


def names_agree(mrz_name: str, typed_name: str, *, cut: bool = False) -> bool:
    """Whether a name from a zone can be the name that somebody typed.

    `mrz_name`: a name field or its parts ("ERIKSSON<<ANNA<MARIA", "ERIKSSON ANNA MARIA");
    `typed_name`: the same parts in Latin letters or a script of Doc 9303-3. Marks, apostrophes,
    hyphens, double letters for umlauts, parts written together and the order of the parts do not
    matter. `cut` allows for a zone that ran out of room (`MRZ.names_may_be_cut`).
    """
    read = spaced(mrz_name).split()
    if not read:
        return False
    return any(parts_agree(read, typed.split(), cut=cut) for typed in spellings(typed_name) if typed)


def parts_agree(read: list[str], typed: list[str], *, cut: bool) -> bool:
    """Return the same letters in the same parts, or in parts turned round and joined; or cut short."""
    if sorted(read) == sorted(typed) or "".join(read) in rotations(typed):
        return True
    return cut and cut_parts_agree(read, typed)


def rotations(parts: list[str]) -> set[str]:
    """Return the parts written together, beginning with any one of them."""
    return {"".join(parts[turn:] + parts[:turn]) for turn in range(len(parts))}


def cut_parts_agree(read: list[str], typed: list[str]) -> bool:
    """Every part read is the beginning of a typed part of its own; typed parts may be left over."""
    if len(read) > len(typed):
        return False
    if not read:
        return True
    head, *rest = read
    return any(
        whole.startswith(head) and cut_parts_agree(rest, typed[:place] + typed[place + 1 :])
        for place, whole in enumerate(typed)
    )
