"""How fast the portal is, beside a peer in the same run: see README.md."""
