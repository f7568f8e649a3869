"""Preceptor: digital education and training for English NHS general practice."""

__version__ = "0.1.0"
