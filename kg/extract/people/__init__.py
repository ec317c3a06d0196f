"""Persons with their posts.

* ``bylines``: who wrote the article
* ``cards``: a name on a line of its own, with its post on the next
* ``named_after``: *avenue du Président Wilson*: streets and prizes that bear a name
* ``paired``: which of the names and posts in a sentence belong together
* ``roles``: persons with their posts, of all that precedes
"""
