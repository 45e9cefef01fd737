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
    save(file, nodes, inputs, "embs", initializers, metadata)


def save(file: str, nodes: list, inputs: list, output: str, initializers: list, metadata: dict[str, str]) -> None:
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, WIDTH])]
    graph = helper.make_graph(nodes, "speaker", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    (HERE / file).write_bytes(model.SerializeToString())


class Planned:
    """A network as `training/voiceroll_training/speaker_export.py` writes them, of other sizes than the one that ships."""

    STEM = [(1, 8, 2, 2), (8, 16, 2, 2), (16, 16, 1, 1), (16, 24, 2, 1)]
    RESIDUAL = 2
    BLOCKS = [(24, 1), (40, 2), (24, 3)]
    GATHERED, INPUT, WIDE, POOLED, ATTENTION = 2, 64, 40, 48, 16

    def __init__(self) -> None:
        self.nodes, self.stored, self.initializers, self.count = [], [], [], 0

    def weight(self, name: str, *shape: int) -> str:
        """Large ones in 16 or 8 bits, as a training run stores them."""
        tensor = weights(name, *shape)
        values = numpy_helper.to_array(tensor)
        if values.size < 1024:
            self.initializers.append(tensor)
        elif values.size < 2048:
            self.initializers.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.stored"))
            self.stored.append(helper.make_node("Cast", [f"{name}.stored"], [name], to=TensorProto.FLOAT))
        else:
            scale = np.abs(values).reshape(len(values), -1).max(axis=1) / 127
            small = np.round(values / scale.reshape(-1, *[1] * (values.ndim - 1))).astype(np.int8)
            self.initializers.append(numpy_helper.from_array(small, f"{name}.stored"))
            self.initializers.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
            parts = [f"{name}.stored", f"{name}.scale"]
            self.stored.append(helper.make_node("DequantizeLinear", parts, [name], axis=0))
        return name

    def bias(self, name: str, size: int) -> str:
        numbers = np.random.default_rng(len(name) + size).standard_normal(size) / 10
        self.initializers.append(numpy_helper.from_array(numbers.astype(np.float32), name))
        return name

    def numbers(self, *numbers: int) -> str:
        name = f"numbers.{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.array(numbers, np.int64), name))
        return name

    def do(self, kind: str, *inputs: str, **attributes) -> str:
        self.count += 1
        self.nodes.append(helper.make_node(kind, list(inputs), [f"value.{self.count}"], **attributes))
        return f"value.{self.count}"

    def conv(self, name: str, x: str, before: int, after: int, *size: int, dilation=1, strides=()) -> str:
        pads = [dilation * (side // 2) for side in size] * 2
        return self.do(
            "Conv", x, self.weight(f"{name}.weight", after, before, *size), self.bias(f"{name}.bias", after),
            kernel_shape=size, pads=pads, dilations=[dilation] * len(size), strides=list(strides or [1] * len(size)),
        )  # fmt: skip

    def write(self, file: str, metadata: dict[str, str]) -> None:
        x = self.do("Sub", "mel", self.do("ReduceMean", "mel", axes=[1], keepdims=1))
        x = self.do("Unsqueeze", self.do("Transpose", x, perm=[0, 2, 1]), self.numbers(1))
        bands = self.INPUT
        for n, (before, after, *strides) in enumerate(self.STEM):
            y = self.conv(f"stem.{n}.conv", x, before, after, 3, 3, strides=strides)
            x = self.do("Relu", self.do("Add", x, y) if n == self.RESIDUAL else y)
            bands //= strides[0]
        x = self.do("Reshape", x, self.numbers(1, after * bands, -1))
        x = self.do("Relu", self.conv("into.0", x, after * bands, self.WIDE, 1))
        outputs = []
        for n, (inside, dilation) in enumerate(self.BLOCKS):
            y = self.do("Relu", self.conv(f"blocks.{n}.body.0", x, self.WIDE, inside, 1))
            y = self.do("Relu", self.conv(f"blocks.{n}.body.3", y, inside, inside, 3, dilation=dilation))
            y = self.conv(f"blocks.{n}.body.6", y, inside, self.WIDE, 1)
            gate = self.do("ReduceMean", y, axes=[2], keepdims=1)
            gate = self.do("Relu", self.conv(f"blocks.{n}.gate.down", gate, self.WIDE, self.WIDE // 4, 1))
            gate = self.do("Sigmoid", self.conv(f"blocks.{n}.gate.up", gate, self.WIDE // 4, self.WIDE, 1))
            x = self.do("Relu", self.do("Add", x, self.do("Mul", y, gate)))
            outputs.append(x)
        x = self.do("Concat", *outputs[-self.GATHERED :], axis=1)
        x = self.do("Relu", self.conv("gather.0", x, self.WIDE * self.GATHERED, self.POOLED, 1))
        attention = self.do("Tanh", self.conv("attend.0", x, self.POOLED, self.ATTENTION, 1))
        attention = self.do("Softmax", self.conv("attend.2", attention, self.ATTENTION, self.POOLED, 1), axis=2)
        mean = self.do("ReduceSum", self.do("Mul", attention, x), self.numbers(2), keepdims=1)
        apart = self.do("Sub", x, mean)
        spread = self.do("ReduceSum", self.do("Mul", attention, self.do("Mul", apart, apart)), self.numbers(2), keepdims=1)
        self.initializers.append(numpy_helper.from_array(np.array(1e-5, np.float32), "epsilon"))
        spread = self.do("Sqrt", self.do("Add", spread, "epsilon"))
        x = self.do("Squeeze", self.do("Concat", mean, spread, axis=1), self.numbers(2))
        last = [self.weight("out.weight", WIDTH, 2 * self.POOLED), self.bias("out.bias", WIDTH)]
        self.nodes.append(helper.make_node("Gemm", [x, *last], ["embedding"], transB=1))
        inputs = [helper.make_tensor_value_info("mel", TensorProto.FLOAT, [1, "frames", self.INPUT])]
        save(file, [*self.stored, *self.nodes], inputs, "embedding", self.initializers, metadata)


network("small-wespeaker.onnx", WESPEAKER)
network("small-nemo.onnx", NEMO, bands_first=True)
network("fault-undeclared.onnx", {})
network("fault-constant.onnx", WESPEAKER, constant=True)
network("fault-fixed-frames.onnx", WESPEAKER, frames=300)
network("fault-8000-hz.onnx", {**WESPEAKER, "sample_rate": "8000"})
network("fault-output-dim.onnx", {**WESPEAKER, "output_dim": "64"})
network("fault-many-frames.onnx", WESPEAKER, pool=60)
network("fault-not-a-number.onnx", WESPEAKER, limit=9.0)
Planned().write("small-compact.onnx", {})
