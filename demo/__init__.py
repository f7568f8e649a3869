"""The demo world: one invented primary care network, from its board down to the last certificate.

It is made through actions and importers alone, so whatever it shows the software can do. Everything in it counts from
the day it is made for, and that day alone decides it: nothing here reads a clock or throws a die that is not seeded.
"""
