"""Peers: what else could do a stage, measured in the same run and on the same input as ours."""
