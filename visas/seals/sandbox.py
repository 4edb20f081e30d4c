"""The child that looks for bar codes in a stranger's file: `python -m visas.seals.sandbox REQUEST < file > answer`.

It shuts itself in like the child that decodes documents, with the same decoders and limits, and answers with one
line of JSON: {"codes": [hexadecimal, …]}, or {"codes": null} when the file cannot be read. No Django, no secrets.
"""

import json
import sys
from collections.abc import Iterator

import zxingcpp

from consular.documents.content_types import HEAD_BYTES, PDF, content_type_of
from consular.documents.sandbox import pdfs, pictures
from consular.documents.sandbox.__main__ import private_output, tell_where
from consular.documents.sandbox.confinement import confine
from consular.documents.sandbox.pictures import Leaf
from consular.documents.sandbox.protocol import Request

# What Doc 9303-13 §2.4 allows
FORMATS = zxingcpp.barcode_formats_from_str("DataMatrix,QRCode,Aztec")
MOST_CODES, LONGEST_CODE = 64, 4096  # a page of labels holds many; a code holds 3 kB at most


def main() -> None:
    request = Request.from_text(sys.argv[1])
    answer = private_output()
    confine(cpu_seconds=request.cpu_seconds, memory=request.memory, output=request.output)
    answer.write(json.dumps({"codes": codes_in(sys.stdin.buffer.read(), request)}).encode())
    answer.flush()


def codes_in(data: bytes, request: Request) -> list[str] | None:
    """Return what the codes on all pages hold, each once; None when the file is not one that we read."""
    found: dict[str, None] = {}
    try:
        for leaf in leaves(data, request):
            found |= dict.fromkeys(codes_on(leaf))
    except Exception:  # noqa: BLE001 - decoders have no error in common; MemoryError is the file's fault too
        return None
    return list(found)[:MOST_CODES]


def leaves(data: bytes, request: Request) -> Iterator[Leaf]:
    content_type = content_type_of(data[:HEAD_BYTES])
    if content_type is None:
        raise ValueError("not a picture and not a PDF")
    return pdfs.leaves(data, request) if content_type == PDF else pictures.leaves(data, content_type, request)


def codes_on(leaf: Leaf) -> list[str]:
    codes = zxingcpp.read_barcodes(leaf.picture.convert("L"), formats=FORMATS)
    return [code.bytes.hex() for code in codes if 0 < len(code.bytes) <= LONGEST_CODE]


if __name__ == "__main__":
    sys.excepthook = tell_where
    main()
