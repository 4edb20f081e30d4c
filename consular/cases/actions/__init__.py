"""The verbs of casework, one transaction each."""
