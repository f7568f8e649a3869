"""Protected time as a quantity: what our own rules demand of people's time, what is offered, and what was used.

Owns the dates of protected time of practices and networks, and what was said of when a record's training was done.
Promises that the parts add up: every minute demanded was given, done at home, not said, or not done. Refuses to judge:
what is demanded and when follows from what `standing` would say had nothing new been done.
"""
