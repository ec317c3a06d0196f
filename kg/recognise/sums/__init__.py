"""Numbers and sums of money.

* ``currencies``: ISO 4217, and whose each currency is
* ``earlier``: the money of the sentences before, and numbers without a currency that are sums of it
* ``headline``: sums of a headline without their currency: "Norway gives *20 million* to Mali"
* ``money``: a number beside a currency, ranges, and what is carried over
* ``numbers``: digits, words and Chinese numerals, with their magnitudes: ``1,14 tỷ``, ``11.4亿``
* ``ranges``: two sums with a currency each that are the ends of one range
* ``whose``: whose dollars, where the article writes it in full once
"""
