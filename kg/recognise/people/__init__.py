"""Candidates for names of persons, and the posts beside them.

* ``callings``: *nurse*, *coach*: posts that are one beside a name only
* ``candidates``: what may be a name, or an acronym, between the spans of a sentence
* ``han``: Chinese names beside posts, and foreign ones written by their sounds
* ``names``: capitalised runs, acronyms, and names met elsewhere in the article
* ``openings``: what stands right beside a name and looks like part of it
* ``posted``: names beside posts, where neither blanks nor capitals show where a name begins
* ``posts``: posts with their field: "Minister of Health", 外交部长
* ``titled``: names behind titles, where blanks part the words of a name and no others: นาย|มานะ ใจดี
* ``worded``: names beside posts, where blanks part words and no capital shows a name: Arabic
"""
