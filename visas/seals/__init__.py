"""Keys with their life, and seals in files and on the command line. Below issuing and verification, which both stand on it; knows no visa of ours."""
