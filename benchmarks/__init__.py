"""Measurements: speed, and quality beside peers in the same run. Not part of the package."""
