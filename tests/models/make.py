"""Makes the small networks that the tests load: `python3 make.py` (needs onnx and numpy).

They have the form of speaker networks and random weights. The same script gives the same files.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
BANDS, CHANNELS, WIDTH = 80, 48, 32
WESPEAKER = {
    "framework": "wespeaker",
    "sample_rate": "16000",
    "output_dim": str(WIDTH),
    "normalize_samples": "0",
    "feature_normalize_type": "global-mean",
}
NEMO = {"framework": "nemo", "sample_rate": "16000", "feat_dim": str(BANDS), "feature_normalize_type": "per_feature"}


def weights(name: str, *shape: int) -> onnx.TensorProto:
    """Normal numbers, scaled so that layers keep the size of what they are fed."""
    numbers = np.random.default_rng(len(name) + sum(shape)).standard_normal(shape) / np.sqrt(np.prod(shape[1:]))
    return numpy_helper.from_array(numbers.astype(np.float32), name)


def network(
    file: str, metadata: dict[str, str], *, bands_first=False, frames="frames", constant=False, pool=0, limit=0.0
) -> None:
    """A convolution, its mean over time, and a linear layer.

    With `constant`, times zero; with `pool`, for no fewer frames; with a `limit`, no number where the convolution
    passes it.
    """
    shape = [1, BANDS, frames] if bands_first else [1, frames, BANDS]
    nodes, inputs = [], [helper.make_tensor_value_info("features", TensorProto.FLOAT, shape)]
    turned = "features"
    if bands_first:
        # NeMo's networks are told the number of frames. This one takes note of it and adds nothing.
        inputs.append(helper.make_tensor_value_info("length", TensorProto.INT64, [1]))
        nodes += [
            helper.make_node("Cast", ["length"], ["length_float"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["length_float", "nothing"], ["zero"]),
            helper.make_node("Add", ["features", "zero"], ["told"]),
        ]
        turned = "told"
    else:
        nodes.append(helper.make_node("Transpose", ["features"], ["turned"], perm=[0, 2, 1]))
        turned = "turned"
    nodes += [
        helper.make_node("Conv", [turned, "first"], ["heard"], kernel_shape=[5], pads=[2, 2]),
        helper.make_node("Relu", ["heard"], ["rectified"]),
        helper.make_node("ReduceMean", ["pooled" if pool else "rectified"], ["mean"], axes=[2], keepdims=0),
        helper.make_node("Gemm", ["mean", "last"], ["unscaled" if constant or limit else "embs"], transB=1),
    ]
    if pool:
        # rten pools no single dimension.
        nodes.insert(-2, helper.make_node("Conv", ["rectified", "even"], ["pooled"], kernel_shape=[pool], group=CHANNELS))
    initializers = [weights("first", CHANNELS, BANDS, 5), weights("last", WIDTH, CHANNELS)]
    if pool:
        initializers.append(numpy_helper.from_array(np.full((CHANNELS, 1, pool), 1 / pool, np.float32), "even"))
    initializers.append(numpy_helper.from_array(np.zeros(1, np.float32), "nothing"))
    initializers.append(numpy_helper.from_array(np.ones((1, WIDTH), np.float32), "same"))
    if constant:
        nodes += [
            helper.make_node("Mul", ["unscaled", "nothing"], ["gone"]),
            helper.make_node("Add", ["gone", "same"], ["embs"]),
        ]
    if limit:
        initializers.append(numpy_helper.from_array(np.array(limit, np.float32), "limit"))
        nodes += [
            helper.make_node("ReduceMax", ["rectified"], ["most"], keepdims=0),
            helper.make_node("Sub", ["limit", "most"], ["room"]),
            helper.make_node("Sqrt", ["room"], ["root"]),
            helper.make_node("Mul", ["root", "nothing"], ["zero_or_none"]),
            helper.make_node("Add", ["unscaled", "zero_or_none"], ["embs"]),
        ]
    outputs = [helper.make_tensor_value_info("embs", TensorProto.FLOAT, [1, WIDTH])]
    graph = helper.make_graph(nodes, "speaker", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    (HERE / file).write_bytes(model.SerializeToString())


network("small-wespeaker.onnx", WESPEAKER)
network("small-nemo.onnx", NEMO, bands_first=True)
network("fault-undeclared.onnx", {})
network("fault-constant.onnx", WESPEAKER, constant=True)
network("fault-fixed-frames.onnx", WESPEAKER, frames=300)
network("fault-8000-hz.onnx", {**WESPEAKER, "sample_rate": "8000"})
network("fault-output-dim.onnx", {**WESPEAKER, "output_dim": "64"})
network("fault-many-frames.onnx", WESPEAKER, pool=60)
network("fault-not-a-number.onnx", WESPEAKER, limit=9.0)
