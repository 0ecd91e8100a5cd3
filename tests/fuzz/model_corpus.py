# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Inputs that hold networks: safetensors, configs, weights of other programs, runs."""

import json
import pathlib
import struct
import subprocess
import tempfile

import numpy

from corpus_files import RANDOM, put


def tensors(entries, metadata=None):
    """A safetensors file of (dtype, shape, bytes) by name."""
    header, data = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (dtype, shape, content) in entries.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def floats(*shape):
    return ("F32", list(shape), RANDOM.normal(size=shape).astype("<f4").tobytes())


def write_safetensors():
    whole = tensors({"a": floats(2, 2), "b": floats(3)}, {"format": "pt"})
    put("safetensors", "floats", whole)
    put("safetensors", "halves", tensors({"a": ("F16", [2], b"\0<\0|"), "b": ("BF16", [1], b"\x80?")}))
    put("safetensors", "doubles", tensors({"a": ("F64", [1, 1, 1, 2], struct.pack("<2d", 1, 1e300))}))
    put("safetensors", "scalar", tensors({"a": floats()}))
    put("safetensors", "empty_tensor", tensors({"a": floats(0, 3)}))
    put("safetensors", "nothing", tensors({}))
    put("safetensors", "other_type", tensors({"a": ("I64", [1], bytes(8))}))
    put("safetensors", "five_axes", tensors({"a": floats(1, 1, 1, 1, 1)}))
    put("safetensors", "numbers_in_metadata", tensors({}, {"a": 1}))
    put("safetensors", "cut", whole[:-1])
    put("safetensors", "long", whole + b"\0")
    put("safetensors", "gap", tensors({"a": floats(1), "b": floats(1)}).replace(b"[4,8]", b"[0,4]"))
    put("safetensors", "twice", tensors({"a": floats(1), "b": floats(1)}).replace(b'"b"', b'"a"'))
    put("safetensors", "header_cut", whole[:20])
    put("safetensors", "wrapping", tensors({"a": ("F32", [184467440737095516157], b"")}))
    put("safetensors", "not", b"hello, world")


def small(preset, g, d, **others):
    """A config of small networks, which a preset's values complete."""
    return {"preset": preset, "batch_size": 4, "latent_size": 2, "generator": g, "discriminator": d, **others}


def dense(*sizes, end=()):
    layers = []
    for size in sizes:
        layers += [{"type": "linear", "out_features": size}, {"type": "leaky_relu", "negative_slope": 0.2}]
    return [*layers[:-1], *end]


def model_configs():
    adam, sgd, rms = ({"type": kind, "lr": 0.001} for kind in ("adam", "sgd", "rmsprop"))
    sigmoid = [{"type": "sigmoid"}]
    g = {"layers": dense(3, 2), "optimizer": adam}
    d = {"layers": dense(3, 1, end=sigmoid), "optimizer": adam}
    return {
        "adam": small("toy2d", g, d),
        "average": small("toy2d", g, {**d, "optimizer": sgd}, ema_decay=0.9),
        "sgd": small("toy2d", {**g, "optimizer": sgd}, {**d, "optimizer": sgd}),
        "hinge": small("toy2d", g, {"layers": dense(3, 1), "optimizer": rms}, objective="hinge"),
        "penalty": small("toy2d", g, {"layers": dense(3, 1), "optimizer": adam}, objective="wgan", gradient_penalty=10),
    }


def picture_configs():
    return {
        "convolution": small(
            "dcgan",
            {"layers": [{"type": "class_concat", "embedding_size": 0}, {"type": "linear", "out_features": 49},
                        {"type": "reshape", "channels": 1, "height": 7, "width": 7}, {"type": "batch_norm"},
                        {"type": "upsample2x"},
                        {"type": "conv_transpose2d", "out_channels": 1, "kernel_size": 4, "stride": 2, "padding": 1},
                        {"type": "tanh"}]},
            {"layers": [{"type": "conv2d", "out_channels": 1, "kernel_size": 7, "stride": 7, "padding": 0},
                        {"type": "dropout", "p": 0.1}, {"type": "flatten"}, {"type": "class_projection"},
                        {"type": "sigmoid"}]},
            classes=10),
    }


def layer_configs():
    """The layers that the others lack, for the export."""
    g = [{"type": "class_concat", "embedding_size": 1}, {"type": "linear", "out_features": 49}, {"type": "relu"},
         {"type": "reshape", "channels": 1, "height": 7, "width": 7}, {"type": "upsample2x"}, {"type": "upsample2x"}]
    start = [{"type": "conv2d", "out_channels": 1, "kernel_size": 7, "stride": 7, "padding": 0}, {"type": "max_pool2d", "kernel_size": 2},
             {"type": "dropout2d", "p": 0.1}, {"type": "flatten"}]
    classifier = {"layers": [*start, {"type": "linear", "out_features": 11}, {"type": "sigmoid"}]}
    return {"classifier": small("dcgan", {"layers": g}, classifier, classes=10, auxiliary_classifier=True)}


def write_configs():
    for name, config in {**model_configs(), **picture_configs()}.items():
        put("config", name, json.dumps(config).encode())
    for preset in ("seed", "quick", "fine", "pictures", "pictures-cond"):
        put("config", preset, json.dumps({"preset": preset, "seed": 7}).encode())
    put("config", "shape", b'{"preset":"pictures","sample_shape":[1,28,28],"classes":3,"class_names":["a","b","c"]}')
    put("config", "unknown", b'{"preset":"seed","generatr":{}}')
    put("config", "null", b'{"preset":"seed","generator":{"optimizer":{"lr":null}}}')
    put("config", "nan", b'{"preset":"seed",\n "seed": NaN}')
    put("config", "too_large", b'{"seed":1e999}')
    put("config", "marked", b'\xef\xbb\xbf{"preset":"seed"}')
    put("config", "open", b'{"preset":"seed"')
    put("config", "escape", b'{"preset":"se\\ed"}')
    put("config", "array", b"[1,2,3]")
    put("config", "comma", b'{"a":1 "b":2}')
    put("config", "colon", b'{"a" 1}')
    put("config", "name", b"{a:1}")
    put("config", "two", b"{} {}")
    put("config", "bracket", b"[1 2]")
    put("config", "string", b'{"a":"')
    put("config", "latin1", b'{"preset":"\xe9"}')
    put("config", "cut_character", b'{"preset":"seed\xf0')
    put("config", "below_doubles", b'{"preset":"seed","r1":0.000000000000000000000000000001234567890123e-310}')
    put("config", "above_doubles", b'{"preset":"seed","r1":7280.0e305}')
    put("config", "wrapping", b'{"preset":"seed","ema_decay":0.184467440737095516157}')
    put("config", "zero", b'{"preset":"seed"}\0')
    put("config", "empty", b"")


def write_models(command):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def ganvas(*arguments):
            subprocess.run([pathlib.Path(command).resolve(), *arguments], cwd=folder, check=True, capture_output=True)
            return (folder / "model.safetensors").read_bytes()

        runs = {name: ("toy2d", config) for name, config in model_configs().items()}
        runs |= {name: ("digits", config) for name, config in picture_configs().items()}
        layers = layer_configs()
        runs |= {name: ("digits", config) for name, config in layers.items()}
        for run, (data, config) in runs.items():
            (folder / "config.json").write_text(json.dumps(config))
            source = [] if data == "toy2d" else ["--data", pathlib.Path(__file__).parents[2] / "assets/mnist", "--examples", "10"]
            for model in folder.glob("model*"):
                model.unlink()
            bytes_of_run = ganvas("train", "--config", "config.json", "--steps", "2", "--out", "model.safetensors", *source)
            put("onnx", run, bytes_of_run)
            if run in layers:
                continue
            put("checkpoint", run, bytes_of_run)
            put("foreign", f"{run}_damaged", bytes_of_run)
            put("foreign", run, without_checksum(bytes_of_run))
            if run == "average":
                put("safetensors", "model", bytes_of_run)
                (folder / "run.safetensors").write_bytes(bytes_of_run)
                for dtype in ("f32", "f16", "bf16"):
                    exported = ganvas("export", "--model", "run.safetensors", "--out", "model.safetensors", "--dtype", dtype)
                    put("checkpoint", f"generator_{dtype}", exported)
                put("onnx", "generator", exported)
                exported = ganvas("export", "--model", "run.safetensors", "--out", "model.safetensors", "--discriminator")
                put("checkpoint", "networks", exported)
                put("onnx", "networks", exported)
    judge = (pathlib.Path(__file__).parents[2] / "assets/models/judge.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", judge[:8])
    put("judge", "whole", judge[: 8 + length + 64])
    put("judge", "other_format", (judge[: 8 + length]).replace(b'"ganvas.judge":"1"', b'"ganvas.judge":"2"'))
    put("judge", "missing", judge[: 8 + length].replace(b"reference.mean", b"reference.men_"))
    put("judge", "asymmetric", with_covariance_first(judge[: 8 + length]) + struct.pack("<2f", 0, 1))


def with_covariance_first(start):
    """A judge's length and header, in which the covariance's numbers come before all others."""
    (length,) = struct.unpack("<Q", start[:8])
    header = json.loads(start[8:])
    # Makes room for offsets with more digits.
    del header["__metadata__"]["format"]
    names = sorted(header.keys() - {"__metadata__"}, key=lambda name: name != "reference.covariance")
    end = 0
    for name in names:
        begin, old_end = header[name]["data_offsets"]
        header[name]["data_offsets"] = [end, end + old_end - begin]
        end += old_end - begin
    text = json.dumps(header, separators=(",", ":")).encode().ljust(length)
    return struct.pack("<Q", len(text)) + text


def without_checksum(model):
    (length,) = struct.unpack("<Q", model[:8])
    header = json.loads(model[8 : 8 + length])
    del header["__metadata__"]["ganvas.checksum"]
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + model[8 + length :]


def write_foreign():
    def network(prefix, *sizes, names=None):
        entries = {}
        for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            layer = names[i] if names else str(2 * i)
            entries[f"{prefix}{layer}.weight"] = floats(outputs, inputs)
            entries[f"{prefix}{layer}.bias"] = floats(outputs)
        return entries

    g = network("", 2, 3, 2)
    put("foreign", "plain", tensors(g))
    put("foreign", "parallel", tensors(network("module.main.", 2, 3, 2)))
    put("foreign", "named", tensors(network("", 2, 64, 64, 2, names=("fc1", "fc2", "fc10"))))
    both = {**network("netG.", 2, 3, 2), **network("netD.", 2, 3, 1)}
    put("foreign", "both", tensors({**both, "netG.num_batches_tracked": ("I64", [], bytes(8))}))
    put("foreign", "preset", tensors({**network("G.", 2, 4, 2), **network("g_ema.", 2, 4, 2)}))
    put("foreign", "transposed", tensors({**g, "0.weight": floats(2, 3)}))
    put("foreign", "doubles", tensors({k: ("F64", s, RANDOM.normal(size=s).astype("<f8").tobytes()) for k, (_, s, _) in g.items()}))
    put("foreign", "short", tensors({**g, "0.bias": ("F32", [3], bytes(8))}))
    put("foreign", "halves", tensors({k: ("BF16", s, bytes(2 * int(numpy.prod(s)))) for k, (_, s, _) in g.items()}))
    put("foreign", "null_metadata", tensors(g, False).replace(b"false", b"null "))
    put("foreign", "pickle", b"PK\3\4")
    write_wrong_axes()


def write_wrong_axes():
    """Weights whose axes are exchanged, with the config that tells."""
    def zeros(*shape):
        return ("F32", list(shape), bytes(4 * int(numpy.prod(shape))))

    linear = {"ganvas.config": json.dumps(model_configs()["adam"])}
    put("foreign", "linear_axes", tensors({"0.weight": zeros(2, 3), "0.bias": zeros(3)}, linear))
    config = picture_configs()["convolution"]
    layers = [{"type": "linear", "out_features": 98}, {"type": "reshape", "channels": 2, "height": 7, "width": 7},
              {"type": "conv_transpose2d", "out_channels": 1, "kernel_size": 4, "stride": 4, "padding": 0}]
    transposed = {"ganvas.config": json.dumps({**config, "generator": {"layers": layers}})}
    start = {"0.weight": zeros(98, 2), "0.bias": zeros(98)}
    put("foreign", "conv_axes", tensors({**start, "2.weight": zeros(1, 2, 4, 4), "2.bias": zeros(1)}, transposed))
    put("foreign", "channels_last", tensors({**start, "2.weight": zeros(2, 4, 4, 1), "2.bias": zeros(1)}, transposed))
