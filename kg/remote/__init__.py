"""Stores elsewhere: what each kind of server does, how it is found out which one answers, and how it is spoken to."""
