"""What a network learns from several others of this project that were trained before.

The others hear a window of a voice as it was recorded; the network hears crops of that window through drawn channels.
It learns to say what they say, by a linear map for each that is thrown away afterwards, and to find two voices as
alike as they do on average.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from .speaker_export import folded
from .speaker_network import Design, SpeakerNetwork


class Teachers(nn.Module):
    """Trained networks, and the maps to what they say."""

    def __init__(self, names: tuple[str, ...], configs: Path, runs: Path, size: int) -> None:
        """`names`: configurations in `configs`, whose checkpoints lie in folders of the same names in `runs`."""
        super().__init__()
        self.networks = [_trained(configs / f"{name}.toml", runs / name / "last.pt") for name in names]
        self.maps = nn.ModuleList(nn.Linear(size, network.design.embedding) for network in self.networks)

    @torch.no_grad()
    def hear(self, windows: Tensor) -> list[Tensor]:
        """Unit vectors [windows, size] by each of them."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return [functional.normalize(network(windows).float()) for network in self.networks]

    def losses(self, embeddings: Tensor, said: list[Tensor]) -> tuple[Tensor, Tensor]:
        """How far the embeddings [2 x windows, size] are from what was said of their windows, and how far the
        likeness of each two is from the mean likeness of their windows."""
        rows = torch.arange(len(embeddings)) // 2
        vectors = functional.normalize(embeddings)
        far = [1 - functional.cosine_similarity(known(vectors), one[rows]).mean() for known, one in zip(self.maps, said)]
        alike = torch.stack([one @ one.T for one in said]).mean(0)[rows][:, rows]
        other = rows[:, None] != rows[None]
        return torch.stack(far).mean(), (vectors @ vectors.T - alike)[other].square().mean()


def _trained(config: Path, checkpoint: Path) -> SpeakerNetwork:
    network = SpeakerNetwork(Design.read(config))
    network.load_state_dict(torch.load(checkpoint)["average"])
    return folded(network)
