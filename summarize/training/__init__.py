"""The recipes that made what lies in ``models/``."""
