"""Bodies that their names alone do not tell, but the words around them or the whole article do.

* ``apposed``: *Blue Delta*, a Nairobi-based charity: the words behind a name
* ``around``: the charity *Living Rivers*: the words around a name, and the items of lists
* ``bracketed``: Kari Vik (*KrF*): parties in brackets behind names
* ``in_posts``: the ministry of a post: *外交部*发言人
* ``met``: the bodies named before a place where one of them is spoken of again
* ``outlets``: the masthead of a page, and the name beside its day
* ``portfolios``: minister Jansen van *Financiën*: a ministry told by its field behind a name
* ``written``: *PeaceTrees* Vietnam, The Lagos *Herald*: names whose writing says that they are bodies
"""
