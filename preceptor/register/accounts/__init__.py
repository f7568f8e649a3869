"""Accounts: who signs in, and the roles they hold at an organisation.

Owns users, the roles that hang on engagements, and signing in. Promises that a viewer's roles are those of the
engagements in force today, so that a leaver loses them the day after the last day without anyone doing anything.
Refuses open sign-up: accounts are given, and nobody gives more than they have.
"""
