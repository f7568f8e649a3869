"""Drafts and what they would do: pure values."""
