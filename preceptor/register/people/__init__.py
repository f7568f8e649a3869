"""People and engagements: who works where, in what role, of what kind, from when to when.

Owns names, engagements with their roles, tasks and hours, the states a person holds (registrations, enrolments), the
closed lists of roles, staff groups, kinds, tasks and states, and the reading of staff lists. Promises one identity to a
person however many engagements, and that what was believed before a correction is kept. Refuses to delete anything.
"""
