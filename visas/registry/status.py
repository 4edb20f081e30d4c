"""The figures of the register: what a list and the log are like."""

BITS = 2  # a visa
LENGTH = 1 << 17  # places in a list
FULL = 100_000  # visas in a list: then the next begins, so that a free place is found within a few tries

VALID, REVOKED, SUSPENDED, USED = MARKS = range(4)

LEAF_VERSION = 1
LEAVES_A_HEAD = 100  # and one a day
