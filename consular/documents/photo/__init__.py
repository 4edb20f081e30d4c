"""The photo coach: where head and eyes stand in a portrait, and what a mission asks of one. No Django here.

`measuring` looks at pixels, in the confined child; `specifications` are the rules as data; `drawing` turns
both into lines over the picture. Nothing here changes a picture, and nothing refuses one.
"""
