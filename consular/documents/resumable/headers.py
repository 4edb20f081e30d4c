"""The header fields of resumable uploads: draft-ietf-httpbis-resumable-upload, with digests of RFC 9530."""

import base64
import binascii
import re

from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from consular.documents.models import Upload
from consular.documents.resumable.limits import LARGEST_SLICE, SMALLEST_SLICE

PARTIAL = "application/partial-upload"
WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
SHA256_BYTES = 32


class BadHeaderError(ValueError):
    """A header field is missing, or is not what it should be."""


def whole_number(request: HttpRequest, name: str) -> int:
    """Return a number of bytes; a number of sixteen digits and more is no file's."""
    value = request.headers.get(name, "")
    if not WHOLE_NUMBER.fullmatch(value):
        raise BadHeaderError(name)
    return int(value)


def filename(request: HttpRequest) -> str:
    """Return the name of the file from Content-Disposition, '' without one."""
    _kind, parameters = parse_header_parameters(request.headers.get("Content-Disposition", ""))
    return str(parameters.get("filename", ""))


def digest(request: HttpRequest, name: str) -> bytes | None:
    """Return the SHA-256 in a digest field, None without one."""
    value = request.headers.get(name)
    if value is None:
        return None
    found = re.search(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):", value)
    try:
        content = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error as error:
        raise BadHeaderError(name) from error
    if len(content) != SHA256_BYTES:
        raise BadHeaderError(name)
    return content


def told(upload: Upload) -> dict[str, str]:
    """Return how far an upload is."""
    return {
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Complete": "?1" if upload.is_whole else "?0",
        "Upload-Limit": f"min-append-size={SMALLEST_SLICE}, max-append-size={LARGEST_SLICE}",
        "Cache-Control": "no-store",
    }
