"""Candidates for names of persons, and the posts beside them.

* ``candidates``: what may be a name, or an acronym, between the spans of a sentence
* ``names``: capitalised runs, Vietnamese and Chinese names, transliterated foreign names
* ``openings``: what stands right beside a name and looks like part of it
* ``posted``: names beside posts, where neither blanks nor capitals show where a name begins
* ``posts``: posts with their field: "Minister of Health", 外交部长
* ``worded``: names beside posts, where blanks part words and no capital shows a name: Arabic
"""
