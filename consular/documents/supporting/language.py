"""The language of a text, as far as its script and its commonest words give it away."""

import unicodedata
from collections import Counter

LEAST_LETTERS = 40
LEAST_SHARE = 0.6  # of the letters in one script
LEAST_WORDS = 3  # of the commonest
SCRIPTS = {"LATIN": "", "ARABIC": "", "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "THAI": "th",
           "CJK": "zh-hans", "HIRAGANA": "ja", "KATAKANA": "ja", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka"}  # fmt: skip
COMMONEST = {
    "en": "the of and to in is for that with from on by this are at",
    "fr": "le la les des et du en est pour que dans une sur avec par au",
    "es": "el los las del y en es para que una con por su al se",
    "de": "der die das und den von zu mit ist auf des im ein für dem",
    "it": "il di che la per una del con della sono nel dei è alla",
    "pt": "o os da do das dos e em para que uma com por não ao",
    "tr": "ve bir bu için ile olarak olan tarihinde gün hesap",
    "fa": "و در به از که این را با است برای آن می تا شد خود",
    "ar": "في من على إلى أن عن مع هذا هذه التي الذي كان بين أو",
}
KNOWN = {code: frozenset(words.split()) for code, words in COMMONEST.items()}
LANGUAGES = frozenset(KNOWN) | frozenset(code for code in SCRIPTS.values() if code)


def language_of(text: str) -> str:
    """Return the code of the language, '' where it is not certain or there is too little text."""
    letters = Counter(_script(each) for each in text if each.isalpha())
    total = letters.total()
    if total < LEAST_LETTERS:
        return ""
    script, count = letters.most_common(1)[0]
    if count < LEAST_SHARE * total or script not in SCRIPTS:
        return ""
    return SCRIPTS[script] or _by_words(text)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _by_words(text: str) -> str:
    said = Counter(unicodedata.normalize("NFKC", text).casefold().split())
    hits = {code: sum(said[word] for word in known) for code, known in KNOWN.items()}
    (first, most), (_second, less) = Counter(hits).most_common(2)
    return first if most >= LEAST_WORDS and most > less else ""
