"""Whether a drawing may be an embassy's emblem: a plain SVG that runs nothing, asks for nothing, and is small.

It is checked and used as it is, never mended: what would be left of a drawing is for its author to see.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

LARGEST = 20_000  # bytes; it is a part of the first view of every page
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "path",
        "circle",
        "ellipse",
        "rect",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "use",
        "symbol",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
    }
)
SAVE_PLAIN = 'Save the drawing as "plain SVG", without scripts, pictures and effects.'
ELSEWHERE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression|javascript:|\\", re.IGNORECASE)


def complaints(content: bytes) -> Iterator[str]:
    """Yield what keeps a file from being the emblem, each with what to do."""
    if len(content) > LARGEST:
        yield f"The emblem has {len(content)} bytes; at most {LARGEST} keep pages quick. {SAVE_PLAIN}"
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield f"The emblem is not a text in UTF-8. {SAVE_PLAIN}"
        return
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper() or "<?XML-STYLESHEET" in text.upper():
        yield "The emblem has a <!DOCTYPE>, <!ENTITY> or <?xml-stylesheet>, which can name other files. Delete it."
        return
    try:
        root = ET.fromstring(text)  # noqa: S314 - no document type, so no entities
    except ET.ParseError as error:
        yield f"The emblem is no SVG that can be read ({error}). {SAVE_PLAIN}"
        return
    if root.tag != f"{SVG}svg" or not root.get("viewBox"):
        yield 'The emblem must begin with <svg xmlns="http://www.w3.org/2000/svg" viewBox="…">.'
    for element in root.iter():
        yield from _of_element(element)


def _of_element(element: ET.Element) -> Iterator[str]:
    name = element.tag.removeprefix(SVG) if isinstance(element.tag, str) else "?"
    if name not in ELEMENTS:
        yield f"The emblem has a <{name.rpartition('}')[2]}>, which may not be in it. {SAVE_PLAIN}"
    for attribute, value in element.attrib.items():
        plain = attribute.removeprefix(XLINK)
        if plain.lower().startswith("on"):
            yield f"The emblem has {plain}=…, which runs a script. {SAVE_PLAIN}"
        elif plain == "href" and not value.startswith("#"):
            yield f"The emblem refers to {value[:60]!r}; it may refer to parts of itself only. {SAVE_PLAIN}"
        elif ELSEWHERE.search(value):
            yield f"The emblem has {plain}={value[:60]!r}, which leads elsewhere. {SAVE_PLAIN}"
