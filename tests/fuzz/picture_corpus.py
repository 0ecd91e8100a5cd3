# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Inputs that hold pictures: IDX, NPY, tables of classes, gzip, PNG and JPEG, ZIP."""

import gzip
import io
import struct
import zipfile
import zlib

import numpy
from PIL import Image

from corpus_files import RANDOM, put


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
