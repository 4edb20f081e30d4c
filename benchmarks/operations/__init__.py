"""One module for each operation; `run(bench)` yields the rows of the table."""
