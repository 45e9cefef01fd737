"""A linear map behind the network that shrinks what channels change in a voice.

It is estimated on training crops under drawn channels, and folded into the network's last layer.
"""

import torch
from torch import Tensor
from torch.nn import functional

from .speaker_data import Sampler
from .speaker_network import SpeakerNetwork


@torch.no_grad()
def embed_crops(network: SpeakerNetwork, sampler: Sampler, batches: int, seconds: float) -> tuple[Tensor, Tensor]:
    """Embeddings [crops, size] of unaltered voices, all scaled to the mean length, and their classes [crops]."""
    network.eval()
    vectors, labels = [], []
    for _ in range(batches):
        batch = sampler.batch(16, seconds)
        known = batch.label >= 0
        vectors.append(network(batch.mel[known]))
        labels.append(batch.label[known])
    stacked = torch.cat(vectors)
    return functional.normalize(stacked) * stacked.norm(dim=1).mean(), torch.cat(labels)


def whitening(vectors: Tensor, labels: Tensor, strength: float) -> tuple[Tensor, Tensor]:
    """A map [size, size] and an offset [size]: embeddings become `map @ (embedding - offset)`.

    `strength` 0 leaves directions alone, 1 makes the scatter inside a class alike in all of them. The offset is the
    mean over classes.
    """
    size = vectors.shape[1]
    within, means, freedom = torch.zeros(size, size, dtype=torch.float64), [], 0
    for label in labels.unique():
        own = vectors[labels == label].double()
        means.append(own.mean(0))
        centred = own - means[-1]
        within += centred.T @ centred
        freedom += len(own) - 1
    values, directions = torch.linalg.eigh(within / freedom)
    values += 0.1 * values.mean()
    scales = (values / values.mean()) ** (-strength / 2)
    return (directions * scales @ directions.T).float(), torch.stack(means).mean(0).float()
