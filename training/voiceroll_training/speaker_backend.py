"""A linear map behind the network that shrinks what channels change and keeps what speakers differ in.

It is estimated on training crops under drawn channels and folded into the network's last layer.
"""

import torch
from torch import Tensor
from torch.nn import functional

from .speaker_data import Sampler
from .speaker_network import SpeakerNetwork


@torch.no_grad()
def embed_crops(network: SpeakerNetwork, sampler: Sampler, batches: int, seconds: float) -> tuple[Tensor, Tensor]:
    """Unit embeddings [crops, size] and their classes."""
    network.eval()
    vectors, labels = [], []
    for _ in range(batches):
        batch = sampler.batch(16, seconds)
        known = batch.label >= 0
        vectors.append(functional.normalize(network(batch.mel[known])))
        labels.append(batch.label[known])
    return torch.cat(vectors), torch.cat(labels)


def whitening(vectors: Tensor, labels: Tensor, groups: Tensor, strength: float) -> tuple[Tensor, Tensor]:
    """A map [size, size] and an offset [size]: embeddings become `map @ (embedding - offset)`.

    `strength` 0 leaves them alone, 1 makes the scatter inside a class alike in all directions. Differences between
    corpora count for nothing: the offset is the mean over all classes, and the scatter is taken around each class.
    """
    classes = labels.unique()
    within = torch.zeros(vectors.shape[1], vectors.shape[1], dtype=torch.float64)
    means, count = [], 0
    for label in classes:
        own = vectors[labels == label].double()
        means.append(own.mean(0))
        if len(own) > 1:
            centred = own - own.mean(0)
            within += centred.T @ centred
            count += len(own) - 1
    within /= count
    values, directions = torch.linalg.eigh(within)
    values = values + 0.1 * values.mean()
    scales = (values / values.mean()) ** (-strength / 2)
    del groups
    return (directions * scales @ directions.T).float(), torch.stack(means).mean(0).float()
