"""Reading: the parts of a seal, and the bytes that its signature is over, exactly as they were received."""

from dataclasses import dataclass

from consular.lib.seal import features, header
from consular.lib.seal.features import Feature
from consular.lib.seal.header import Header
from consular.lib.seal.results import WrongFormatError

LONGEST = 4096  # bytes; no bar code holds more
SIGNATURE_SIZES = frozenset(
    {56, 64, 80, 96, 128, 132}
)  # r‖s on curves of 224, 256, 320, 384, 512 and 521 bits


@dataclass(frozen=True)
class Seal:
    """A seal of version 3 or 4, of any kind of document."""

    header: Header
    features: tuple[Feature, ...]
    signature: bytes
    signed: bytes  # header and message zone

    def value(self, tag: int) -> bytes | None:
        return next((feature.value for feature in self.features if feature.tag == tag), None)


def read(data: bytes) -> Seal:
    """Return the parts of a seal; WrongFormatError when anything at all is not as it should be."""
    if len(data) > LONGEST:
        raise WrongFormatError("longer than a bar code can be")
    head = header.decode(data)
    message, end = features.decode(data, head.length, version=head.version)
    signature, after = features.value_at(data, end + 1, version=head.version)
    if after != len(data):
        raise WrongFormatError("something follows the signature")
    if len(signature) not in SIGNATURE_SIZES:
        raise WrongFormatError("not a signature r‖s")
    return Seal(head, message, signature, signed=data[:end])
