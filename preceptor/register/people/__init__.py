"""People and engagements: who works where, in what role, of what kind, from when to when.

Owns names, engagements with their roles, tasks and hours, the states a person holds (registrations, enrolments), and the
closed lists of roles, staff groups, kinds, tasks and states. Promises that a person has one identity and many engagements, and
that what was believed before a correction can still be asked for. Refuses to delete anything.
"""
