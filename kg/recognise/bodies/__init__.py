"""How the name of a body is recognised in its sentence: where it begins and ends.

* ``acronyms``: what the article itself says that an acronym stands for
* ``beside``: Lundby *förskola*: a head and capitalised words that no list holds
* ``coordinated``: *Helse- og* omsorgsdepartementet: a name whose first words are parts of longer ones
* ``edges``: where a name begins that no list holds, in languages without spaces
* ``given``: the acronym given in brackets behind a name
* ``growing``: how names grow around a head word
* ``heads``: a head word, such as *ministry* or *committee*, and at least one word more
* ``honoured``: *King Faisal Hospital*: the name of somebody with a title
* ``local``: *UBND tỉnh*: a body of a province told without its name
* ``proper``: a name before its own acronym, with a head of another language, or of a branch: Plan International
  *Norge*
* ``shaped``: ОАО «Север», 北東新聞によると: the forms of names of firms and papers
* ``syllabic``: acronyms of syllables, which are written as names are: *Bappenas*
* ``titles``: lines that have capitals throughout, which tell nothing
"""
