"""Applications by the hundred thousand, drawn by a seed and written by COPY: for trying and measuring a full bench."""
