"""The attention that beams share must give what the model library's own gives."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from summarize.writing.attention import attend

N_GROUPS, N_BEAMS, N_HEADS, N_KEYS, DIM = 3, 4, 2, 5, 8


def tensors(n_queries: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    query = torch.randn(N_GROUPS * N_BEAMS, N_HEADS, n_queries, DIM, generator=generator)
    key, value = torch.randn(2, N_GROUPS, N_HEADS, N_KEYS, DIM, generator=generator)
    hidden = torch.arange(N_KEYS) >= torch.tensor([[5], [3], [4]])  # padding, another one for each group
    mask = torch.where(hidden, torch.finfo(torch.float32).min, 0.0)[:, None, None, :]
    return query, key, value, mask.repeat_interleave(N_BEAMS, 0).expand(-1, 1, n_queries, -1)


def test_beams_that_share_their_evidence_see_the_same_as_beams_with_copies() -> None:
    query, key, value, mask = tensors(n_queries=1)
    copies = key.repeat_interleave(N_BEAMS, 0), value.repeat_interleave(N_BEAMS, 0)
    expected = scaled_dot_product_attention(query, *copies, attn_mask=mask).transpose(1, 2)
    torch.testing.assert_close(attend(torch.nn.Module(), query, key, value, mask)[0], expected)


@pytest.mark.parametrize("masked", [True, False])
def test_without_sharing_it_is_plain_attention(masked: bool) -> None:
    query, key, value, mask = tensors(n_queries=6)
    rows, hidden = query[::N_BEAMS], mask[::N_BEAMS] if masked else None
    expected = scaled_dot_product_attention(rows, key, value, attn_mask=hidden).transpose(1, 2)
    torch.testing.assert_close(attend(torch.nn.Module(), rows, key, value, hidden)[0], expected)
