"""How the rules of packs are read, and found in a text.

* ``frames``: a sentence with each typed span written as one character, so that a rule is a short pattern
* ``listed``: words of a pattern that are in a list of the pack too
* ``sieve``: which of many patterns can match a text at all, from one pass over it
"""
