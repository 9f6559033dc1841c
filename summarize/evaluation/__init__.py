"""Evaluate: quality figures of the models and rules at hand, measured on public research data.

Each part is one module with a ``measure`` that takes a :class:`~summarize.evaluation.bench.Bench` and
returns results; ``parts`` lists them. A part decides nothing about what a brief says.
"""
