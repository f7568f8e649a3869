"""Digital champions: colleagues who help at the next desk, what they cover, and what came of it.

Owns who is a champion of what and how long for, calls and offers, questions with their answers, and short help given.
Promises that a private question is read by who asked and by champions of its topic alone, and that answers to shared
ones are found again. A champion may see nothing more than that. Refuses to judge: the steps of a champion are records,
and `standing` says which are done.
"""
