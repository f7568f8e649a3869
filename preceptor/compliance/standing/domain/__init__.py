"""The judge, in pure Python: days, facts, verdicts, timelines, explanations and the world file."""
