"""Hubs: what a network or a training hub sees across practices.

Owns shares by practice and subject area, always with the numbers behind them. Promises figures, never people. Refuses
to show a share of fewer than five.
"""
