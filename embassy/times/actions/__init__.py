"""The verbs of measuring."""

from embassy.times.actions.measure import measure, owe_measurement

__all__ = ["measure", "owe_measurement"]
