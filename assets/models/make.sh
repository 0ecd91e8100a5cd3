#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Makes the pretrained generators and the discriminator again, bit by bit: assets/models/make.sh [NAME...], with the
# native command built by `toolchain/run cmake --build --preset release --target ganvas`.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ganvas=build/release/bin/ganvas
models=assets/models
runs=build/models # the whole runs, to go on with

# generator NAME WHAT-TO-TRAIN...: trains, and keeps the generator in half precision and a grid of its samples.
generator() {
  local name=$1
  shift
  [[ -e $runs/$name.safetensors ]] || "$ganvas" train "$@" --out "$runs/$name.safetensors"
  "$ganvas" export --model "$runs/$name.safetensors" --dtype f16 --out "$models/$name.safetensors"
  "$ganvas" sample --model "$models/$name.safetensors" --seed 1 --count 100 --out "$models/$name.png"
}

# networks NAME WHAT-TO-TRAIN...: trains, and keeps the discriminator too.
networks() {
  local name=$1
  shift
  [[ -e $runs/$name.safetensors ]] || "$ganvas" train "$@" --out "$runs/$name.safetensors"
  "$ganvas" export --model "$runs/$name.safetensors" --discriminator --dtype f16 --out "$models/$name.safetensors"
}

mkdir -p "$runs"
[[ $# -gt 0 ]] || set -- seed dcgan conditional discriminator
for model in "$@"; do
  case $model in
    seed) generator seed --preset seed --epochs 50 ;;
    dcgan) generator dcgan --config $models/dcgan.config.json --steps 9375 ;;
    conditional) generator conditional --config $models/conditional.config.json --steps 31250 ;;
    discriminator) networks discriminator --config $models/discriminator.config.json --steps 5000 ;;
    *)
      echo "assets/models/make.sh: no model '$model'; there are: seed dcgan conditional discriminator" >&2
      exit 2
      ;;
  esac
done
