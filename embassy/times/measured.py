"""What was measured last, as public pages ask for it; kept by the number of the edition."""

from dataclasses import dataclass

from django.db.models import QuerySet

from embassy.times.models import Figure, Measurement


@dataclass(frozen=True)
class Measured:
    """The newest measurement and its figures; `measurement` is None before the first."""

    measurement: Measurement | None
    figures: tuple[Figure, ...]

    def of(self, category: str) -> Figure | None:
        """Return how long a category takes at all missions together; None where too few cases were decided."""
        return next(
            (each for each in self.figures if each.category == category and each.mission is None), None
        )

    def at_missions(self, category: str) -> list[Figure]:
        return [each for each in self.figures if each.category == category and each.mission is not None]


def read() -> Measured:
    """Read the newest measurement: two queries."""
    measurement = Measurement.objects.first()
    figures: QuerySet[Figure] = Figure.objects.filter(measurement=measurement).select_related("mission")
    return Measured(measurement, tuple(figures) if measurement else ())


_shelf: list[tuple[int, Measured]] = []


def of_edition(number: int) -> Measured:
    """Return what was measured last when the edition with that number was made; no query once it is known."""
    for known, measured in _shelf:
        if number and known == number:
            return measured
    measured = read()
    _shelf[:] = [(number, measured)]
    return measured
