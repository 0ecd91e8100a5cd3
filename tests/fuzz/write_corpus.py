# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Writes the first inputs of every fuzz target: small real files, and real ones that are damaged.

    toolchain/run python3 tests/fuzz/write_corpus.py build/release/bin/ganvas

They are named by what they hold. Those with a hash for a name were found by libFuzzer; see minimise.sh.
"""

import gzip
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

import numpy
from PIL import Image

CORPUS = pathlib.Path(__file__).parent / "corpus"
RANDOM = numpy.random.default_rng(1)


def put(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def levels(*shape):
    return RANDOM.integers(0, 256, shape).astype(numpy.uint8)


def idx(array, kind):
    big_endian = array.astype(array.dtype.newbyteorder(">")).tobytes()
    return struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape) + big_endian


def write_idx():
    pictures = idx(levels(2, 3, 4), 0x08)
    put("idx", "pictures", pictures)
    put("idx", "flat", idx(levels(2, 9), 0x08))
    put("idx", "planes", idx(levels(2, 12), 0x08))
    put("idx", "colour", idx(levels(1, 3, 2, 2), 0x08))
    put("idx", "labels", idx(levels(5), 0x08))
    put("idx", "columns", idx(numpy.arange(6).reshape(3, 2).astype(numpy.int32), 0x0C))
    put("idx", "signed", idx(numpy.array([[[1, -1], [2, 3]]], numpy.int8), 0x09))
    put("idx", "short", idx(numpy.array([[[1, 255], [2, 3]]], numpy.int16), 0x0B))
    put("idx", "floats", idx(RANDOM.random((1, 2, 2)).astype(numpy.float32), 0x0D))
    put("idx", "doubles", idx(numpy.array([[[0.0, 255], [7, numpy.nan]]]), 0x0E))
    put("idx", "cut", pictures[:-3])
    put("idx", "long", pictures + b"\0")
    put("idx", "header_only", pictures[:8])
    put("idx", "enormous", struct.pack(">HBBII", 0, 8, 2, 0xFFFFFFFF, 0xFFFFFFFF))
    put("idx", "empty", b"")
    put("idx", "magic", b"\0\1\x08\1" + bytes(8))
    put("idx", "kind", idx(numpy.zeros(2, numpy.uint8), 0x07))


def npy(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def write_npy():
    for dtype in ("u1", "?", "i1", "<u2", ">i2", "<u4", ">i4", "<u8", "<i8", "<f4", ">f8"):
        put("npy", dtype.strip("<>?") + ("_big" if dtype[0] == ">" else "") or "bool", npy(levels(1, 2, 2).astype(dtype) % 2))
    put("npy", "rows", npy(levels(2, 12)))
    put("npy", "colour", npy(levels(1, 2, 2, 3)))
    put("npy", "planes", npy(levels(1, 3, 2, 2)))
    put("npy", "fortran", npy(numpy.asfortranarray(levels(2, 2, 3))))
    put("npy", "labels", npy(numpy.arange(4)))
    put("npy", "column", npy(numpy.arange(4).reshape(4, 1)))
    put("npy", "scalar", npy(numpy.array(3)))
    put("npy", "texts", npy(numpy.array(["one", "zwei", "\u4e09", "\U0001f431"])))
    put("npy", "big_texts", npy(numpy.array(["a", "\xe9"]).astype(">U3")))
    put("npy", "bytes", npy(numpy.array([b"one", b"two"])))
    put("npy", "version2", npy(levels(1, 2, 2), (2, 0)))
    put("npy", "version3", npy(levels(1, 2, 2), (3, 0)))
    put("npy", "complex", npy(numpy.array([1j])))
    put("npy", "nan", npy(numpy.array([[[numpy.nan, 1]]])))
    put("npy", "cut", npy(levels(1, 2, 2))[:-1])
    texts = npy(numpy.array(["one", "zwei"]))
    put("npy", "texts_cut", texts[:-4])
    put("npy", "texts_of_two_axes", npy(numpy.array([["one", "zwei"]])))
    put("npy", "fractions", npy(numpy.array([0.5, 1])))
    put("npy", "header_cut", npy(levels(1, 2, 2))[:40])


def write_table():
    rows = "\n".join(",".join(map(str, row)) for row in levels(3, 4))
    put("table", "plain.csv", rows.encode())
    put("table", "labels.csv", "\n".join(f"{i},{row}" for i, row in enumerate(rows.split("\n"))).encode())
    put("table", "header.csv", f"label,a,b,c,d\n7,{rows.split()[0]}\n".encode())
    put("table", "last.csv", f'a,b,c,d,label\r\n{rows.split()[0]},"-3"\r\n\r\n'.encode())
    put("table", "marked.csv", b'\xef\xbb\xbf"1","2","3","4"\n')
    put("table", "short_row.csv", b"1,2,3,4\n1,2,3\n")
    put("table", "no_number.csv", b"1,2,3,4\n1,2,x,4\n")
    put("table", "three_columns.csv", b"1,2,3\n")
    put("table", "cifar10.bin", b"\3" + bytes(3072))
    put("table", "cifar100.bin", b"\3\7" + bytes(3072))


def write_gzip():
    text = bytes(levels(40)) + b"a" * 400
    put("gzip", "one", gzip.compress(text, mtime=0))
    put("gzip", "two", gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0))
    put("gzip", "zeros", gzip.compress(text, mtime=0) + bytes(20))
    put("gzip", "stored", gzip.compress(text, 0, mtime=0))
    put("gzip", "nothing", gzip.compress(b"", mtime=0))
    file = io.BytesIO()
    with gzip.GzipFile("name", "wb", fileobj=file, mtime=1) as named:
        named.write(text)
    put("gzip", "named", file.getvalue())
    put("gzip", "large", gzip.compress(bytes(70_000), mtime=0))
    put("gzip", "exact", gzip.compress(bytes(1 << 16), mtime=0))
    put("gzip", "just_beyond", gzip.compress(bytes(1 << 16), mtime=0) + gzip.compress(b"x", 0, mtime=0))
    put("gzip", "cut", gzip.compress(text, mtime=0)[:-5])
    put("gzip", "followed", gzip.compress(b"one", mtime=0) + b"more")
    put("gzip", "other", b"plain")
    dictionary = zlib.compressobj(9, zlib.DEFLATED, 15, zdict=b"abc")
    put("gzip", "zlib", dictionary.compress(b"abc") + dictionary.flush())


def picture(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def write_pictures():
    colour = Image.fromarray(levels(5, 7, 3))
    alpha = Image.fromarray(levels(5, 7, 4))
    palette = colour.quantize(4)
    pngs = {
        "grey": colour.convert("L"),
        "colour": colour,
        "alpha": alpha,
        "grey_alpha": alpha.convert("LA"),
        "bits": colour.convert("1"),
        "sixteen": Image.fromarray(RANDOM.integers(0, 65536, (3, 4)).astype(numpy.uint16)),
    }
    for name, image in pngs.items():
        put("picture", f"{name}.png", picture(image, "PNG"))
    put("picture", "palette.png", picture(palette, "PNG", transparency=1))
    put("picture", "profile.png", picture(colour, "PNG", icc_profile=b"no profile"))
    put("picture", "cut.png", picture(colour, "PNG")[:-20])
    put("picture", "header.png", picture(colour, "PNG")[:30])
    put("picture", "grey.jpg", picture(colour.convert("L"), "JPEG"))
    put("picture", "colour.jpg", picture(colour, "JPEG", subsampling=0))
    put("picture", "progressive.jpg", picture(colour, "JPEG", progressive=True))
    put("picture", "printed.jpg", picture(colour.convert("CMYK"), "JPEG"))
    for orientation in (3, 6, 7):
        exif = Image.Exif()
        exif[0x0112] = orientation
        put("picture", f"turned{orientation}.jpg", picture(colour, "JPEG", exif=exif))
    put("picture", "cut.jpg", picture(colour, "JPEG")[:-60])
    put("picture", "gif", b"GIF89a")
    put("picture", "webp", b"RIFF\0\0\0\0WEBP")
    put("picture", "svg", b"<svg/>")
    put("picture", "bmp", b"BM")
    put("picture", "avif", b"\0\0\0\0ftyp")
    put("picture", "empty", b"")


def archive(files, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as opened:
        for name, content in files.items():
            opened.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def write_archives():
    png = picture(Image.fromarray(levels(4, 4, 3)), "PNG")
    grey = picture(Image.fromarray(levels(6, 3)), "PNG")
    put("archive", "classes", archive({"cats/a.png": png, "dogs/b.png": grey, "dogs/": b"", "notes.txt": b"x"}))
    put("archive", "stored", archive({"a.png": png}, zipfile.ZIP_STORED))
    put("archive", "parts", archive({"set/train/0/a.png": png, "set/train/1/b.png": grey, "set/test/0/c.png": png}))
    put("archive", "bzip2", archive({"a.png": png}, zipfile.ZIP_BZIP2))
    put("archive", "broken_picture", archive({"a.png": png[:-20], "b.jpg": b"\xff\xd8\xff", "c.png": b""}))
    put("archive", "arrays.npz", archive({"x_train.npy": npy(levels(3, 4, 4)), "y_train.npy": npy(numpy.arange(3)),
                                          "classes.npy": npy(numpy.array(["a", "b", "c"]))}))
    put("archive", "two_labels.npz", archive({"x.npy": npy(levels(2, 4, 4)), "y.npy": npy(numpy.arange(2)),
                                              "labels.npy": npy(numpy.arange(2).reshape(2, 1))}))
    put("archive", "drawings", archive({"cat.npy": npy(levels(2, 16)), "dog.npy": npy(levels(1, 16)), "readme": b"x"}))
    images, labels = idx(levels(2, 3, 3), 8), idx(levels(2), 8)
    put("archive", "idx", archive({"train-images-idx3-ubyte.gz": gzip.compress(images, mtime=0),
                                   "train-labels-idx1-ubyte": labels}))
    put("archive", "idx_alone", archive({"emnist-images-idx3-ubyte": images}))
    put("archive", "several_idx", archive({"a-images-idx3": images, "b-images-idx3": images}))
    put("archive", "cifar10", archive({"data_batch_1.bin": b"\3" + bytes(3072), "data_batch_2.bin": b"\4" + bytes(3072),
                                       "batches.meta.txt": b"a\r\nb\n"}))
    put("archive", "cifar100", archive({"train.bin": b"\3\7" + bytes(3072), "fine_label_names.txt": b"a\nb"}))
    put("archive", "backslash", archive({"cats\\a.png": png}))
    put("archive", "nothing", archive({"notes.txt": b"none"}))
    encrypted = bytearray(archive({"a.png": png}, zipfile.ZIP_STORED))
    encrypted[encrypted.rfind(b"PK\1\2") + 8] |= 1
    put("archive", "encrypted", bytes(encrypted))
    put("archive", "cut", archive({"a.png": png})[:-30])


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


def main():
    write_idx()
    write_npy()
    write_table()
    write_gzip()
    write_pictures()
    write_archives()
    write_safetensors()
    write_configs()
    write_foreign()
    write_models(sys.argv[1])


if __name__ == "__main__":
    main()
