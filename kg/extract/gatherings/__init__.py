"""Gatherings: which ones an article speaks of, and what it says of each.

* ``endings``: when a gathering ends, and how many days it lasts
* ``gatherings``: the gatherings of an article, of all that follows
* ``houses``: bodies in whose house a gathering is
* ``mentions``: a place where an article speaks of a gathering, and what stands around it
* ``news``: the day of which an article brings the news
* ``nouns``: gatherings told by a noun, and what tells them apart
* ``numbered``: words that name a gathering only with a number, as *week*
* ``ordinals``: the number that a gathering bears
* ``same``: whether two mentions can be of one gathering
* ``statements``: place, hosts, theme and number, beside the times
* ``themes``: quoted words, a title, or plain words behind one such as "theme"
* ``times``: when a gathering is held, when earlier ones were, and what it looks back on
* ``towns``: towns and halls that no registry holds: in *Gulu*, Uganda
* ``verbs``: gatherings told by deeds: donors promise, a paper is signed, a guest is received
* ``years``: years by which gatherings are called, or that a sentence lists
"""
