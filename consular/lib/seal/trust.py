"""Whom we believe: certificates of signers and of the authorities above them, and what was revoked."""

from dataclasses import dataclass, field
from pathlib import Path

from consular.lib.seal.certificates import Certificate, RevocationList, read_all
from consular.lib.seal.header import Header

LARGEST_FILE = 10_000_000  # bytes; a state's revocation list is some hundred kilobytes


@dataclass(frozen=True)
class Standing:
    """What a certificate is worth, whatever it has signed. `issuer` is None when its authority is not here."""

    issuer: Certificate | None
    is_trusted: bool
    is_revoked: bool


@dataclass(frozen=True)
class Trust:
    """`problems` names what in a folder could not be read."""

    certificates: tuple[Certificate, ...] = ()
    lists: tuple[RevocationList, ...] = ()
    problems: tuple[str, ...] = ()
    _standings: dict[int, Standing] = field(default_factory=dict, repr=False)  # signatures are verified once

    @classmethod
    def of(cls, folder: Path) -> "Trust":
        """Return what the files of a folder say, PEM or DER, one or many in a file; OSError if there is none."""
        certificates: list[Certificate] = []
        lists: list[RevocationList] = []
        problems: list[str] = []
        for file in sorted(each for each in folder.iterdir() if each.is_file()):
            for found in _found_in(file):
                if isinstance(found, Certificate):
                    certificates.append(found)
                elif isinstance(found, RevocationList):
                    lists.append(found)
                else:
                    problems.append(f"{file.name}: {type(found).__name__}")
        return cls(tuple(certificates), tuple(lists), tuple(problems))

    def signers(self, header: Header) -> list[Certificate]:
        """Return the certificates that a header may mean: country and common name, and the serial number.

        Where the header names none, any certificate may be the one, and only the signature tells.
        """
        if not header.names_certificate:
            return list(self.certificates)
        serial = int(header.reference, 16)
        return [each for each in self.certificates if each.signer == header.signer and each.serial == serial]

    def standing(self, certificate: Certificate) -> Standing:
        """Return what one of our certificates is worth.

        Without its authority it is believed because it is here; with it, only with its signature. A list that
        none of its authorities has signed leaves us without knowing what is revoked: nothing is trusted then.
        """
        if (known := self._standings.get(id(certificate))) is not None:
            return known
        authorities = self._authorities(certificate)
        issuer = next((each for each in authorities if each.has_signed(certificate)), None)
        lists = [each for each in self.lists if each.issuer == certificate.issuer]
        vouched = issuer is not None and all(
            any(authority.has_signed(each) for authority in authorities) for each in lists
        )
        standing = Standing(
            issuer,
            is_trusted=certificate.may_seal and (vouched or not authorities),
            is_revoked=any(certificate.serial in each.serials for each in lists),
        )
        self._standings[id(certificate)] = standing
        return standing

    def _authorities(self, certificate: Certificate) -> list[Certificate]:
        """Return the authorities here that bear the name of its issuer."""
        named = (each for each in self.certificates if each.subject == certificate.issuer)
        return [each for each in named if each.may_issue and each is not certificate]


def _found_in(file: Path) -> list[Certificate | RevocationList | Exception]:
    try:
        with file.open("rb") as opened:
            return list(read_all(opened.read(LARGEST_FILE)))
    except OSError as error:
        return [error]


NOBODY = Trust()
