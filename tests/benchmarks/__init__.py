"""Measurements of what must be quick; each module runs by itself and prints its figures."""
