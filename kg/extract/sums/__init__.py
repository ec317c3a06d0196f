"""Sums of aid: who gives them, who gets them, when and for what.

* ``actors``: who gives a sum: short rules over a clause, tried in order
* ``agents``: who pays by words before the sum, though something else is the subject
* ``any_verb``: who gives by a verb that no list holds
* ``based``: where somebody is based: that place gives nothing
* ``called_giver``: who is called the giver
* ``clauses``: for each sum, who and which verbs stand around it, and how
* ``compared``: sums compared with the one before: "98 million, *down from* 214 million"
* ``currency``: in whose money a sum is told whose word leaves that open
* ``dealt_out``: lists that tell to whom parts of a sum go: "shared out as follows: *UNHCR* 5 million"
* ``fields``: what a sum is for
* ``figures``: the sums of an article, of all that follows
* ``gets``: who gets a sum as the subject of a verb of receiving
* ``gifts``: "Japan gave rice to Chad. *The gift*, worth …": the gift of the sentence before
* ``giver``: the one giver of an article, for sums told without one
* ``governments``: governments that a press names without their country
* ``handled``: who only handles a sum: "a grant managed by *UNDP*"
* ``house``: whose money an article tells of from its first line: its letterhead, or the budget that it is about
* ``nations``: adjectives of nationality that say who gives: *norsk* bistand
* ``no_givers``: countries that people flee, or whose donors give; bodies that only handle sums
* ``not_given``: sums that nobody gives: costs, losses, differences
* ``one_body``: the one body to which an article says that money goes, for sums told without a receiver
* ``other_times``: periods beside a sum that are those of something else
* ``part_sums``: sums told one by one after their total
* ``parties``: all who may give or get in a sentence, and what the words beside each say of it
* ``parts``: "65 billion, *of which* Germany gives 10": parts of the sum before
* ``periods``: the period that is told of one sum and of nothing else
* ``purpose``: the land that a sum serves, by the words that say what it is for
* ``quoted_titles``: who is named in a title gives nothing and gets nothing
* ``receiver``: the one receiver of an article, for sums told without one
* ``sentence_before``: what the sentence before tells of a sum whose own names nobody
* ``share``: whose contribution or share a sum is: "*Japan's* contribution amounts to 5 million"
* ``shared``: sums that several give or get: to each its own, or the same
* ``signers``: one phrase for giver and receiver: two who sign, one who receives of another
* ``since_then``: sums given since a year that is told before
* ``speakers``: those who give by the word of who speaks for them, and who holds no post and gives
* ``sumless``: sentences that tell of no sum, read as if one stood at their end
* ``takers``: who gets a sum, or asks for it: short rules over a clause, tried in order
* ``thanks``: who is thanked for a sum gave it, and who thanks got it
* ``threads``: what sentences beside tell of the project or the loan that a sum is for
* ``together``: who gives or gets a sum together with somebody
* ``told_fields``: what a sum is for that its own sentence does not say
* ``told_once``: one figure for a sum that an article tells more than once
* ``told_years``: which years "over five years" are
* ``whose``: of two names side by side, the one that is meant
* ``withheld``: sums that somebody refuses, cuts or freezes
"""
