#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# tests/bench/fetch_pictures.sh FOLDER: fetches the public sets that docs/pictures.md has figures of, each once: 3,786 emoji
# from npm into FOLDER/emoji, and Fashion-MNIST, Debian's package, into FOLDER/fashion-mnist.

set -euo pipefail

[[ $# -eq 1 ]] || { echo "usage: tests/bench/fetch_pictures.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

if [[ ! -d $folder/emoji ]]; then
  npm pack --silent emoji-datasource-twitter@16.0.0
  tar -xzf emoji-datasource-twitter-16.0.0.tgz package/img/twitter/64
  mv package/img/twitter/64 "$folder/emoji"
fi

if [[ ! -d $folder/fashion-mnist ]]; then
  apt-get -o APT::Sandbox::User=root download dataset-fashion-mnist
  dpkg-deb -x dataset-fashion-mnist_*.deb unpacked
  mv unpacked/usr/share/datasets/fashion-mnist "$folder/fashion-mnist"
fi
