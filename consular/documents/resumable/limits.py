"""How much of an unfinished upload is taken at once, and how long it is kept."""

from datetime import timedelta

KEPT_FOR = timedelta(days=1)
OPEN_AT_ONCE = 5  # unfinished uploads of one person

SLICE = 256 * 1024  # bytes that our own script sends at once
SMALLEST_SLICE = 64 * 1024  # but for the last: each slice is a file of its own until all are there
LARGEST_SLICE = 1024 * 1024
