"""The scheduled job: when a run is due, who may run, and how a run is stopped.

The modules ``schedule``, ``waiting``, ``stopping``, ``lock`` and ``hooks`` know nothing of articles.
"""
