"""The peer: the Django project that `startproject` makes, with one page, one form and one table of its own."""
