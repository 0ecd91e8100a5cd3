# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Where the first inputs of the fuzz targets go, and the numbers in them."""

import pathlib

import numpy

CORPUS = pathlib.Path(__file__).parent / "corpus"
RANDOM = numpy.random.default_rng(1)


def put(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
