"""The visible digital seal of ICAO Doc 9303-13, for visas after 9303-7 §9: reading, checking, writing.

Versions 3 and 4 are read, with the header and raw features of every kind of document; visas are decoded.
Version 4 is written, for visas. Strict: a seal has one encoding of each part, and the signature is verified
over the bytes that were received. No models, no Django. docs/formats/seal.md has every byte and every answer.
"""
