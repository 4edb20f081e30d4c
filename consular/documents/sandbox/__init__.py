"""Where files of strangers are decoded: a child process with limits, that knows no Django and no secrets.

The child gets the original on its standard input and answers on its standard output; both are open,
nameless files, so it needs no path and nothing is left behind when anybody is killed. It draws every page
again from its pixels. What it answers is checked by `runner`, which lives on the other side.
"""
