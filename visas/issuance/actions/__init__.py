"""The verbs of issuing: one module each."""
