"""Days as offices count them."""

from collections.abc import Collection
from datetime import date, timedelta

FRIDAY, SATURDAY = 4, 5


def add_working_days(
    start: date, days: int, *, weekend: Collection[int] = (5, 6), holidays: Collection[date] = ()
) -> date:
    """Return the day that is `days` working days after `start` (0 = the first working day from `start` on).

    `weekend` holds weekday numbers as `date.weekday()` gives them (Monday is 0).
    """

    def works(day: date) -> bool:
        return day.weekday() not in weekend and day not in holidays

    day = start
    while not works(day):
        day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while not works(day):
            day += timedelta(days=1)
    return day
