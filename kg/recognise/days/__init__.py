"""Days, periods and years.

* ``calendar``: reckoning with days: parts of years, so many months on
* ``dates``: days and periods, read against the day of publication
* ``fiscal``: when the fiscal years of a country or body begin, and how they are called
* ``runs``: years told one by one that are one period
* ``same_day``: words for the day told before: 当天, the same day
* ``weeks``: weekdays told with their week: *last* Friday
* ``years_ahead``: years of a calendar that is ahead of the common one: พ.ศ. 2568
"""
