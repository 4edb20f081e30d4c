"""Measure how long decisions took. The database counts; no case is read."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from consular.outbox.actions import owe
from embassy.times.models import FEWEST, PERIOD, Figure, Measurement

# The working days after the day of receipt up to the day of decision, as the mission counts them. Days are those of
# the mission's own zone. `percentile_disc` gives a number of days that some case really took.
COUNT = """
    WITH decided AS (
        SELECT c.category, c.mission_id, m.weekend,
               (c.opened_at AT TIME ZONE m.zone)::date AS opened_on,
               (d.decided_at AT TIME ZONE m.zone)::date AS decided_on
          FROM cases_case c
          JOIN cases_decision d ON d.case_id = c.id
          JOIN missions_mission m ON m.id = c.mission_id
         WHERE c.kind = 'visa'
    ), counted AS (
        SELECT category, mission_id, (
            SELECT count(*)
              FROM generate_series(opened_on + 1, decided_on, interval '1 day') AS passing(day)
             WHERE NOT (extract(isodow FROM day)::int - 1) = ANY (weekend)
               AND NOT EXISTS (
                   SELECT FROM missions_holiday h WHERE h.mission_id = decided.mission_id AND h."on" = day::date)
               AND NOT EXISTS (
                   SELECT FROM missions_closure s
                    WHERE s.mission_id = decided.mission_id AND day::date BETWEEN s.starts_on AND s.ends_on)
        ) AS days
          FROM decided
         WHERE decided_on BETWEEN %(first)s AND %(last)s
    )
    INSERT INTO times_figure (measurement_id, category, mission_id, cases, half_within, most_within)
    SELECT %(measurement)s, category, mission_id, count(*),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
           percentile_disc(0.8) WITHIN GROUP (ORDER BY days)
      FROM counted
     GROUP BY GROUPING SETS ((category), (category, mission_id))
    HAVING count(*) >= %(fewest)s
"""


@transaction.atomic
def measure(until: date) -> Measurement:
    """Measure the cases decided in the half year up to `until`. Doing it again replaces what was measured then."""
    first = until - PERIOD
    measurement, _ = Measurement.objects.update_or_create(
        decided_until=until, defaults={"decided_from": first}
    )
    Figure.objects.filter(measurement=measurement).delete()
    values: dict[str, int | date] = {
        "measurement": measurement.pk,
        "first": first,
        "last": until,
        "fewest": FEWEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
    Measurement.objects.filter(decided_until__lt=first).delete()
    return measurement


@transaction.atomic
def owe_measurement(*, again: str = "") -> None:
    """Owe today's measurement, once; `again` tells apart those that somebody asks for beside."""
    today = timezone.localdate()
    owe("times.measure", key=f"times:{today}{again and ':'}{again}", until=today.isoformat())
