"""Quality figures, with and without references."""
