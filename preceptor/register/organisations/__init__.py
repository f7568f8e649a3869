"""Organisations: practices, primary care networks, sub-ICB locations, boards and training hubs.

Owns their names and ODS codes, dated parents, dated clinical systems in use and digital services offered. Promises
that what was believed before a change can still be asked for. Refuses a circle of parents, and a second parent of one
kind on one day.
"""
