"""What pages show, as frozen values read from a store: no HTML, no HTTP, no words of an interface.

One module per kind of page; each has a function of a store that returns its value.
"""
