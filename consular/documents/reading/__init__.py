"""Reading passports: pictures in, machine-readable zones or honest advice out. No Django here."""

from consular.documents.reading.passport import Reading, read_passport

__all__ = ["Reading", "read_passport"]
