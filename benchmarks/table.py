"""The table that is printed: one row for each figure, the ratio last but for the goal and whether it is met."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("operation", "figure", "peer or limit, same run", "ratio", "goal", "met?")


@dataclass(frozen=True)
class Row:
    """`ratio` is compared with `goal`: at least it when `more_is_better`, else at most it. No goal: for information."""

    operation: str
    figure: str
    peer: str
    ratio: float | None = None
    goal: float | None = None
    more_is_better: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.ratio is None or self.goal is None:
            return None
        return self.ratio >= self.goal if self.more_is_better else self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        sign = "≥" if self.more_is_better else "≤"
        return (
            self.operation,
            self.figure,
            self.peer,
            "" if self.ratio is None else f"{self.ratio:.2f}",
            "" if self.goal is None else f"{sign} {self.goal:g}",
            {True: "yes", False: "NO", None: ""}[self.is_met],
        )


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown, its columns aligned."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(lines[0]), line("-" * width for width in widths), *map(line, lines[1:])])
