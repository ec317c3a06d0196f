"""Persons with their posts.

* ``bylines``: who wrote the article
* ``named_after``: *avenue du Président Wilson*: streets and prizes that bear a name
* ``roles``: persons with their posts, of all that precedes
"""
