"""The parts of the evaluation, by name; a new one is a line here."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.evaluation.bench import Bench
    from summarize.evaluation.report import Result


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement: the module whose ``measure(bench)`` does it, and the packages that it needs.

    ``needs_data`` is False for a part that has something to measure without the research data, too.
    """

    name: str
    module: str
    needs: tuple[str, ...] = ()
    needs_data: bool = True

    def measure(self, bench: Bench) -> tuple[Result, ...]:
        """Import the module and measure.

        :raises SummarizeError: if a package or a data file is missing.
        """
        from summarize.evaluation.bench import require

        require(self.name, self.needs)
        results: tuple[Result, ...] = importlib.import_module(self.module).measure(bench)
        return results


PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part("fusion", "summarize.evaluation.fusion", ("rouge_score", "sacrebleu")),
        Part("grounding", "summarize.evaluation.grounding"),
        Part("planted", "summarize.evaluation.planted"),
        Part("summac", "summarize.evaluation.summac"),
        Part("disagreements", "summarize.evaluation.disagreements"),
        Part("deduplication", "summarize.evaluation.deduplication", ("sklearn",)),
        Part("briefs", "summarize.evaluation.briefs"),
        Part("references", "summarize.evaluation.references", ("rouge_score",)),
        Part("desk", "summarize.evaluation.desk", ("rouge_score",)),
        Part("citations", "summarize.evaluation.citations"),
        Part("context", "summarize.evaluation.context"),
        Part("selftest", "summarize.evaluation.selftest"),
        Part("cleaning", "summarize.evaluation.cleaning", ("justext", "trafilatura"), needs_data=False),
        Part("origins", "summarize.evaluation.origins", ("datasketch",)),
        Part("metadata", "summarize.evaluation.metadata"),
        Part("clustering", "summarize.evaluation.clustering", ("sklearn",)),
    )
}
