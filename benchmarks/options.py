"""The option that all benchmarks of research data have."""

from __future__ import annotations

from pathlib import Path

import click

with_data = click.option(
    "--data",
    required=True,
    envvar="SUMMARIZE_DATA",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the public research data.  [default: $SUMMARIZE_DATA]",
)
