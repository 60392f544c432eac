"""Writes the fp32 vectors that verify.mjs compares against.

    python reference.py WEIGHTS_DIR SENTENCES.txt OUT.bin

The forward pass is written out in numpy on purpose: it shares nothing with build.py or with the
runtime under test, so a mistake in either shows. OUT holds one L2-normalised vector per line, in
order, little-endian int16 in units of 1/32767 (an error below 2e-5 per entry).
"""

import json
import math
import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

MAX_TOKENS = 128


def norm(x, weights, prefix, epsilon):
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + epsilon)
    return scaled * weights[f"{prefix}.weight"] + weights[f"{prefix}.bias"]


def linear(x, weights, prefix):
    return x @ weights[f"{prefix}.weight"].T + weights[f"{prefix}.bias"]


def erf(x):
    """numpy has none; the one of the standard library is exact and fast enough."""
    return np.vectorize(math.erf, otypes=[np.float64])(x)


def encode(ids, weights, config, observe=lambda name, x: None):
    """`observe` is called with the input of each dense layer, for the calibration in build.py."""
    heads, epsilon = config["num_attention_heads"], config["layer_norm_eps"]
    x = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    x = norm(x, weights, "embeddings.LayerNorm", epsilon)
    for layer in range(config["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}"
        observe(f"{prefix}.qkv", x)
        q, k, v = (
            linear(x, weights, f"{prefix}.attention.self.{part}").reshape(len(ids), heads, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        share = np.exp(scores - scores.max(axis=-1, keepdims=True))
        share /= share.sum(axis=-1, keepdims=True)
        attended = (share @ v).transpose(1, 0, 2).reshape(len(ids), -1)
        observe(f"{prefix}.attention.output.dense", attended)
        x = norm(x + linear(attended, weights, f"{prefix}.attention.output.dense"), weights,
                 f"{prefix}.attention.output.LayerNorm", epsilon)
        observe(f"{prefix}.intermediate.dense", x)
        wide = linear(x, weights, f"{prefix}.intermediate.dense")
        wide = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        observe(f"{prefix}.output.dense", wide)
        x = norm(x + linear(wide, weights, f"{prefix}.output.dense"), weights, f"{prefix}.output.LayerNorm", epsilon)
    pooled = x.mean(axis=0)
    return pooled / np.linalg.norm(pooled)


def load(folder):
    config = json.loads((folder / "config.json").read_text())
    stored = load_file(folder / "model.safetensors")
    weights = {name: array.astype(np.float64) for name, array in stored.items() if array.dtype.kind == "f"}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return config, weights, tokenizer


def main(weights_dir, sentences, out):
    config, weights, tokenizer = load(pathlib.Path(weights_dir))
    lines = pathlib.Path(sentences).read_text().splitlines()
    vectors = np.stack([encode(tokenizer.encode(line).ids, weights, config) for line in lines])
    np.rint(vectors * 32767).astype("<i2").tofile(out)
    print(f"{len(lines)} vectors of {vectors.shape[1]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
