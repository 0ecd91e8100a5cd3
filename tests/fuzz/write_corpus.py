# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Writes the first inputs of every fuzz target: small real files, and real ones that are damaged.

    toolchain/run python3 tests/fuzz/write_corpus.py build/release/bin/ganvas

They are named by what they hold. Those with a hash for a name were found by libFuzzer; see minimise.sh.
"""

import sys

import model_corpus
import picture_corpus


def main():
    picture_corpus.write_idx()
    picture_corpus.write_npy()
    picture_corpus.write_table()
    picture_corpus.write_gzip()
    picture_corpus.write_pictures()
    picture_corpus.write_archives()
    model_corpus.write_safetensors()
    model_corpus.write_configs()
    model_corpus.write_foreign()
    model_corpus.write_models(sys.argv[1])


if __name__ == "__main__":
    main()
