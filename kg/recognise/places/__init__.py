"""Towns, sides and halls.

* ``homes``: whose government "our government" is: that of the outlet
* ``sides``: 中方, 坦方: the short name of a country with the word for its side
* ``venues``: halls and hotels, grown from a word for one
"""
