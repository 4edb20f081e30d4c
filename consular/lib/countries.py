"""States and nationalities by their three-letter code.

The code that the portal stores is ISO 3166-1 alpha-3, or the code of ICAO Doc 9303-3 §5 where
ISO has none (XXA stateless, XXB refugee, UNO …). The states of the demonstration have ISO's
user-assigned codes and exist in a demonstration only; the embassy's own state is there in any. Names come from CLDR through Babel in every language of the portal.
"""

import functools
import unicodedata
from collections.abc import Collection, Iterable

from babel import Locale
from django.conf import settings
from django_countries.data import ALT_CODES

from consular.lib.folding import fold

LANGUAGES = ("en", "fa", "ar", "fr", "es")

# The fictional states of the demonstration: alpha-3, alpha-2, names by language.
_FICTIONAL = {
    "QNR": ("QN", {"en": "Naruvia", "fa": "ناروویا", "ar": "ناروفيا"}),
    "QSD": ("QS", {"en": "Sundmark", "fa": "سوندمارک", "ar": "سوندمارك"}),
    "QPB": ("QP", {"en": "Belcastra", "fa": "بلکاسترا", "ar": "بلكاسترا"}),
    "QTI": ("QT", {"en": "Iltera", "fa": "ایلترا", "ar": "إلتيرا"}),
    "QRO": ("QR", {"en": "Osmark", "fa": "اوسمارک", "ar": "أوسمارك"}),
    "QWK": ("QW", {"en": "Kelvia", "fa": "کلویا", "ar": "كيلفيا"}),
    # ICAO's specimen state has no alpha-2 code.
    "UTO": ("", {"en": "Utopia", "fa": "یوتوپیا", "ar": "يوتوبيا", "fr": "Utopie", "es": "Utopía"}),
}
# The embassy's own state, whether ISO knows it or not, under the name that it gives itself.
_OWN = {settings.IDENTITY.alpha3: (settings.IDENTITY.alpha2, dict(settings.IDENTITY.state))}
_NAMED_HERE = (_FICTIONAL if settings.DEMONSTRATION else {}) | _OWN

# ICAO Doc 9303-3 §5, parts B to D: nationalities and issuers without an ISO code.
_BEYOND_ISO = {
    "XXA": {
        "en": "Stateless person (1954 Convention)",
        "fa": "بی‌تابعیت (کنوانسیون ۱۹۵۴)",
        "ar": "عديم الجنسية (اتفاقية ١٩٥٤)",
        "fr": "Apatride (Convention de 1954)",
        "es": "Apátrida (Convención de 1954)",
    },
    "XXB": {
        "en": "Refugee (1951 Convention)",
        "fa": "پناهنده (کنوانسیون ۱۹۵۱)",
        "ar": "لاجئ (اتفاقية ١٩٥١)",
        "fr": "Réfugié (Convention de 1951)",
        "es": "Refugiado (Convención de 1951)",
    },
    "XXC": {
        "en": "Refugee (other than under the 1951 Convention)",
        "fa": "پناهنده (جز کنوانسیون ۱۹۵۱)",
        "ar": "لاجئ (خارج اتفاقية ١٩٥١)",
        "fr": "Réfugié (hors Convention de 1951)",
        "es": "Refugiado (fuera de la Convención de 1951)",
    },
    "XXX": {
        "en": "Person of unspecified nationality",
        "fa": "تابعیت نامشخص",
        "ar": "جنسية غير محددة",
        "fr": "Nationalité non précisée",
        "es": "Nacionalidad no especificada",
    },
    "UNO": {
        "en": "United Nations (laissez-passer)",
        "fa": "سازمان ملل متحد (لسه‌پاسه)",
        "ar": "الأمم المتحدة (جواز مرور)",
        "fr": "Nations Unies (laissez-passer)",
        "es": "Naciones Unidas (laissez-passer)",
    },
    "UNA": {
        "en": "United Nations specialised agency",
        "fa": "نهاد تخصصی سازمان ملل متحد",
        "ar": "وكالة متخصصة تابعة للأمم المتحدة",
        "fr": "Institution spécialisée des Nations Unies",
        "es": "Organismo especializado de las Naciones Unidas",
    },
    "UNK": {
        "en": "United Nations Interim Administration Mission in Kosovo",
        "fa": "هیئت ادارهٔ موقت سازمان ملل متحد در کوزوو",
        "ar": "بعثة الأمم المتحدة للإدارة المؤقتة في كوسوفو",
        "fr": "Mission d’administration intérimaire des Nations Unies au Kosovo",
        "es": "Misión de Administración Provisional de las Naciones Unidas en Kosovo",
    },
    "EUE": {
        "en": "European Union (laissez-passer)",
        "fa": "اتحادیهٔ اروپا (لسه‌پاسه)",
        "ar": "الاتحاد الأوروبي (جواز مرور)",
        "fr": "Union européenne (laissez-passer)",
        "es": "Unión Europea (laissez-passer)",
    },
    "XOM": {
        "en": "Sovereign Military Order of Malta",
        "fa": "فرقهٔ نظامی مستقل مالت",
        "ar": "منظمة فرسان مالطة العسكرية السيادية",
        "fr": "Ordre souverain militaire de Malte",
        "es": "Soberana Orden Militar de Malta",
    },
    "XPO": {
        "en": "Interpol",
        "fa": "اینترپل",
        "ar": "الإنتربول",
        "fr": "Interpol",
        "es": "Interpol",
    },
    "GBD": {
        "en": "British Overseas Territories Citizen",
        "fa": "شهروند سرزمین‌های فرادریایی بریتانیا",
        "ar": "مواطن أقاليم ما وراء البحار البريطانية",
        "fr": "Citoyen des territoires britanniques d’outre-mer",
        "es": "Ciudadano de los territorios británicos de ultramar",
    },
    "GBN": {
        "en": "British National (Overseas)",
        "fa": "تبعهٔ بریتانیا (فرادریایی)",
        "ar": "مواطن بريطاني (ما وراء البحار)",
        "fr": "Ressortissant britannique (outre-mer)",
        "es": "Nacional británico (ultramar)",
    },
    "GBO": {
        "en": "British Overseas Citizen",
        "fa": "شهروند فرادریایی بریتانیا",
        "ar": "مواطن بريطاني لما وراء البحار",
        "fr": "Citoyen britannique d’outre-mer",
        "es": "Ciudadano británico de ultramar",
    },
    "GBP": {
        "en": "British Protected Person",
        "fa": "شخص تحت حمایت بریتانیا",
        "ar": "شخص مشمول بالحماية البريطانية",
        "fr": "Personne protégée britannique",
        "es": "Persona protegida británica",
    },
    "GBS": {
        "en": "British Subject",
        "fa": "رعیت بریتانیا",
        "ar": "رعية بريطانية",
        "fr": "Sujet britannique",
        "es": "Súbdito británico",
    },
}

# ISO 3166 has only a user-assigned code for Kosovo; travel documents say RKS.
_ALPHA2 = (
    {codes[0]: two for two, codes in ALT_CODES.items()}
    | {"RKS": "XK"}
    | {three: two for three, (two, _) in _NAMED_HERE.items() if two}
)
_ALPHA3 = {two: three for three, two in _ALPHA2.items()}
_SYNONYMS = {"XKX": "RKS", "D": "DEU"}

STATES = frozenset(_ALPHA2) | frozenset(_NAMED_HERE)
NATIONALITIES = STATES | frozenset(_BEYOND_ISO)


def alpha3(code: str) -> str:
    """Find the stored code for an alpha-2, alpha-3 or machine-readable code; '' if there is none."""
    code = code.strip().rstrip("<").upper()
    code = _SYNONYMS.get(code, _ALPHA3.get(code, code))
    return code if code in NATIONALITIES else ""


def alpha2(code: str) -> str:
    """Find the two-letter code; '' for what has none (XXA, UNO, UTO …)."""
    return _ALPHA2.get(alpha3(code), "")


def to_mrz(code: str) -> str:
    """Write a code in the three characters of a machine-readable zone (ICAO 9303-3 §5: D<<)."""
    code = alpha3(code)
    return "D<<" if code == "DEU" else code


def from_mrz(code: str) -> str:
    """Find the stored code for three characters of a machine-readable zone; '' if unknown."""
    return alpha3(code)


def name(code: str, language: str) -> str:
    """Name a state or nationality in `language`; an unknown code is its own name."""
    code = alpha3(code) or code
    language = language.partition("-")[0]
    own = _NAMED_HERE[code][1] if code in _NAMED_HERE else _BEYOND_ISO.get(code)
    if own:
        return own.get(language, own["en"])
    return _territories(language).get(_ALPHA2.get(code, ""), code)


@functools.cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language if language in LANGUAGES else "en").territories)


def choices(codes: Collection[str], language: str, *, first: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Pair codes with names in the alphabetical order of `language`, the `first` ones on top."""
    top = [known for known in map(alpha3, first) if known in codes]
    rest = [code for code in _in_order(frozenset(codes), language) if code not in top]
    return [(code, name(code, language)) for code in (*top, *rest)]


@functools.cache
def _in_order(codes: frozenset[str], language: str) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: sort_key(name(code, language))))


# Unicode's order of the Arabic letters is not the alphabet's: Persian's own letters come last there.
_ALPHABET = "آاأإءبپتثجچحخدذرزژسشصضطظعغفقکكگلمنوؤهةیيىئ"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}


def sort_key(text: str) -> list[tuple[int, str]]:
    """Make a key for alphabetical order in all our languages: case, accents and joiners aside."""
    return [(_PLACES.get(each, -1), each) for each in _bare(text) if each.isalnum() or each == " "]


def _bare(text: str) -> str:
    """Take the accents off Latin letters; Arabic letters keep what belongs to them (آ, أ)."""
    letters = (unicodedata.normalize("NFD", each) for each in unicodedata.normalize("NFC", text.casefold()))
    return "".join(each[0] if each[0].isascii() else unicodedata.normalize("NFC", each) for each in letters)


def find(typed: str, language: str, codes: Collection[str] = NATIONALITIES) -> str:
    """Find the code among `codes` that somebody means by a code, or by a name in `language` or another; else ''."""
    if (code := alpha3(typed)) in codes:
        return code
    wanted = fold(typed)
    return next(
        (
            found
            for each in (language, "en", *LANGUAGES)
            if (found := _by_name(each).get(wanted, "")) in codes
        ),
        "",
    )


@functools.cache
def _by_name(language: str) -> dict[str, str]:
    return {fold(name(code, language)): code for code in NATIONALITIES}
