"""What stands on papers of all sorts: their text, bar codes, blank and cut pages, dates, names, a picture's likeness.

Pure: no Django, no settings. `lines`, `surfaces`, `barcodes` and `likeness` look at strangers' files and run in the
child alone; `dates`, `names` and `language` work on the text that it found. Boxes are (left, top, right, bottom) in
the page's fractions, from its upper left corner.
"""

Box = tuple[float, float, float, float]
