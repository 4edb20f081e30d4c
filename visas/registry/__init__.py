"""What the world may know of all visas without knowing any: status lists, and a public log of every seal."""
