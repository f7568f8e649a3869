"""Foundation: what every floor needs and no domain knows.

Owns the permissions and the role table, the action decorator with its journal, the gates, dates, and stored files.
Promises that a change to our tables happens inside an action, with permission, in one transaction, with one journal
line. Refuses domain words: nothing here knows what a practice or a record is.
"""
