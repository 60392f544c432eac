"""Builds onnx/model_quantized.onnx from the published fp32 weights of all-MiniLM-L6-v2.

    python build.py WEIGHTS_DIR OUT.onnx CALIBRATION.txt [--fp32 FP32.onnx]

WEIGHTS_DIR holds model.safetensors and config.json. Needs numpy, onnx, onnxruntime, safetensors.

Why not the int8 file of a package: those found hold int8 weights that are cast back to fp32 before
each product, so they are as slow as fp32. Here the products themselves are 8-bit: activations are
quantised per tensor at run time, weights per output column ahead of time (Jacob et al., 2018,
"Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference").
The word table is 8-bit with one scale per word: one scale for all words costs accuracy for nothing.
"""

import argparse
import json
import pathlib
import tempfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

import reference

# How much of an outlier moves into the weight: 1 is all of it. Measured .4 to .9: .7 to .9 are alike,
# below .6 the nearest neighbours suffer.
SMOOTHING = 0.75


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self):
        self.nodes = []
        self.constants = []
        self.count = 0

    def constant(self, array, name=None):
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, op, *inputs, output=None, domain="", **attributes):
        self.count += 1
        output = output or f"{op.lower()}_{self.count}"
        self.nodes.append(
            helper.make_node(op, list(inputs), [output], name=f"{op}_{self.count}", domain=domain, **attributes)
        )
        return output

    def smooth(self, x, weight, peaks, name):
        """Moves the outliers of single input channels from the activation into the weight."""
        if name not in peaks:
            return x, weight
        reach = np.maximum(np.abs(weight).max(axis=1), 1e-6)
        scale = np.maximum(peaks[name], 1e-3) ** SMOOTHING / reach ** (1 - SMOOTHING)
        down = self.constant((1 / scale).astype(np.float32), f"{name}.smooth")
        return self.add("Mul", x, down), (weight * scale[:, None]).astype(np.float32)

    def linear(self, x, weights, name, peaks):
        x, weight = self.smooth(x, weights[f"{name}.weight"].T, peaks, name)
        bias = weights[f"{name}.bias"]
        product = self.add("MatMul", x, self.constant(weight, f"{name}.weight"))
        return self.add("Add", product, self.constant(bias, f"{name}.bias"))

    def norm(self, x, weights, prefix, epsilon, output=None):
        gamma = self.constant(weights[f"{prefix}.weight"], f"{prefix}.gamma")
        beta = self.constant(weights[f"{prefix}.bias"], f"{prefix}.beta")
        return self.add("LayerNormalization", x, gamma, beta, output=output, axis=-1, epsilon=epsilon)

    def gelu(self, x):
        """The exact form, as the model was trained."""
        inner = self.add("Erf", self.add("Div", x, self.constant(np.array(np.sqrt(2.0), np.float32))))
        one = self.add("Add", inner, self.constant(np.array(1.0, np.float32)))
        return self.add("Mul", self.add("Mul", x, one), self.constant(np.array(0.5, np.float32)))


def word_rows(graph, table, ids, quantised):
    if not quantised:
        return graph.add("Gather", graph.constant(table, "words"), ids, axis=0)
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    rows = graph.constant(np.clip(np.rint(table / scale), -127, 127).astype(np.int8), "words_int8")
    gathered = graph.add("Cast", graph.add("Gather", rows, ids, axis=0), to=TensorProto.FLOAT)
    return graph.add("Mul", gathered, graph.add("Gather", graph.constant(scale, "words_scale"), ids, axis=0))


def build(weights, config, peaks):
    """`peaks` empty: the fp32 graph."""
    quantised = len(peaks) > 0
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    epsilon = config["layer_norm_eps"]
    graph = Graph()
    words = word_rows(graph, weights["embeddings.word_embeddings.weight"], "input_ids", quantised)
    length = graph.add("Shape", "input_ids", start=1, end=2)
    zero = graph.constant(np.array([0], np.int64))
    positions = graph.constant(weights["embeddings.position_embeddings.weight"], "positions")
    position = graph.add("Slice", positions, zero, length, zero)
    types = graph.constant(weights["embeddings.token_type_embeddings.weight"], "types")
    kind = graph.add("Gather", types, "token_type_ids", axis=0)
    x = graph.add("Add", graph.add("Add", words, kind), position)
    x = graph.norm(x, weights, "embeddings.LayerNorm", epsilon)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.INT32)

    layers = config["num_hidden_layers"]
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        qkv = np.concatenate([weights[f"{p}.weight"].T for p in parts], axis=1)
        smoothed, qkv = graph.smooth(x, qkv, peaks, f"{prefix}.qkv")
        qkv = graph.constant(qkv, f"{prefix}.qkv.weight")
        qkv_bias = graph.constant(np.concatenate([weights[f"{p}.bias"] for p in parts]), f"{prefix}.qkv.bias")
        attended = graph.add("Attention", smoothed, qkv, qkv_bias, mask, domain="com.microsoft", num_heads=heads)
        name = f"{prefix}.attention.output.dense"
        out = graph.linear(attended, weights, name, peaks)
        x = graph.norm(graph.add("Add", out, x), weights, f"{prefix}.attention.output.LayerNorm", epsilon)
        name = f"{prefix}.intermediate.dense"
        wide = graph.gelu(graph.linear(x, weights, name, peaks))
        name = f"{prefix}.output.dense"
        out = graph.linear(wide, weights, name, peaks)
        last = "last_hidden_state" if layer == layers - 1 else None
        x = graph.norm(graph.add("Add", out, x), weights, f"{prefix}.output.LayerNorm", epsilon, output=last)

    shape = ["batch", "sequence"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, hidden])]
    body = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(body, opset_imports=opsets, producer_name="faultline", producer_version="1")
    model.ir_version = 8
    return model


def calibrate(folder, lines):
    """Largest magnitude per input channel of each dense layer, over all tokens of `lines`."""
    config, weights, tokenizer = reference.load(folder)
    peaks = {}

    def observe(name, x):
        peak = np.abs(x).max(axis=0)
        peaks[name] = np.maximum(peaks[name], peak) if name in peaks else peak

    for line in lines:
        reference.encode(tokenizer.encode(line).ids, weights, config, observe)
    return peaks


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("weights", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("calibration", type=pathlib.Path)
    arguments.add_argument("--fp32", type=pathlib.Path)
    given = arguments.parse_args()
    config = json.loads((given.weights / "config.json").read_text())
    weights = {k: v.astype(np.float32) if v.dtype.kind == "f" else v
               for k, v in load_file(given.weights / "model.safetensors").items()}
    if given.fp32:
        onnx.save(build(weights, config, {}), given.fp32)
    with tempfile.TemporaryDirectory() as folder:
        half = pathlib.Path(folder) / "half.onnx"
        peaks = calibrate(given.weights, given.calibration.read_text().splitlines())
        onnx.save(build(weights, config, peaks), half)
        quantize_dynamic(
            half,
            given.out,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    print(f"{given.out}: {given.out.stat().st_size} bytes")


main()
