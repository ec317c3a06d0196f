"""Persons with their posts.

* ``bylines``: who wrote the article
* ``headlines``: headlines that write every word with a capital
* ``held``: whose the post is that a span beside it names
* ``named_after``: *avenue du Président Wilson*: streets and prizes that bear a name
* ``paired``: which of the names and posts in a sentence belong together
* ``roles``: persons with their posts, of all that precedes
* ``signatures``: a name on a line of its own above its post
* ``titles``: posts that are titles too: *Bishop* Paul Tembo
"""
