"""References in URLs: any way of writing one is understood, the canonical one is produced."""

from consular.lib.references import parse_reference, spaced


class ReferenceConverter:
    """`QV7K-M3WF-D2HX`; a mistyped reference is no URL of ours (404)."""

    regex = "[0-9A-Za-z-]{12,14}"

    def to_python(self, value: str) -> str:
        reference = parse_reference(value)
        if reference is None:
            raise ValueError(value)
        return reference

    def to_url(self, value: str) -> str:
        return spaced(value.replace("-", ""))
