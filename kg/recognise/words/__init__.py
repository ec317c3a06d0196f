"""Words known by heart, in all the forms that a language gives them.

* ``cases``: names led back to their nominative, with the cases in which they stand
* ``declined``: the forms that labels take in a language that declines
* ``entries``: labels of schemes, registered names and lists of packs, in every form
* ``formal``: names told in full, of which the registry knows the short one: *Kingdom of* Tonga
* ``lexicon``: all entries, found in a text in one pass
* ``owners``: a sign of the genitive that stands apart from the name
* ``unspaced``: words that begin inside others, where no blanks part them
"""
