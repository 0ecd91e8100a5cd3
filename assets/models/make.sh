#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Reproduces the pretrained generators and the discriminator of this folder, bit for bit.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../toolchain/common.sh"

ganvas=build/release/bin/ganvas
models=assets/models
runs=build/models
all=(seed dcgan conditional discriminator)

usage() {
  cat <<USAGE
usage: assets/models/make.sh [--help] [NAME...]

Trains the named models, by default all: ${all[*]}
The checkpoints are kept in $runs; models with an existing checkpoint are only exported.
Requires the native command: toolchain/run cmake --preset release && toolchain/run cmake --build --preset release --target ganvas
USAGE
}

# generator NAME BITS OPTION...: trains with these options and writes the generator, with weights of BITS significant bits of
# half precision's 11, and a grid of its samples.
generator() {
  local name=$1 rounding=()
  [[ $2 -eq 11 ]] || rounding=(--significant-bits "$2")
  shift 2
  [[ -e $runs/$name.safetensors ]] || "$ganvas" train "$@" --out "$runs/$name.safetensors"
  "$ganvas" export --model "$runs/$name.safetensors" --dtype f16 "${rounding[@]}" --out "$models/$name.safetensors"
  "$ganvas" sample --model "$models/$name.safetensors" --seed 1 --count 100 --out "$models/$name.png"
}

# networks NAME OPTION...: trains with these options and writes both networks in half precision.
networks() {
  local name=$1
  shift
  [[ -e $runs/$name.safetensors ]] || "$ganvas" train "$@" --out "$runs/$name.safetensors"
  "$ganvas" export --model "$runs/$name.safetensors" --discriminator --dtype f16 --out "$models/$name.safetensors"
}

for argument in "$@"; do
  case $argument in
    --help | -h)
      usage
      exit 0
      ;;
    -*) fail_usage "unknown option '$argument'" ;;
  esac
  [[ " ${all[*]} " == *" $argument "* ]] || fail_usage "unknown model '$argument'; known models: ${all[*]}"
done
cd "$ganvas_repo"
[[ -x $ganvas ]] || fail "$ganvas is missing; assets/models/make.sh --help tells how to build it"
mkdir -p "$runs"
[[ $# -gt 0 ]] || set -- "${all[@]}"
for model in "$@"; do
  case $model in
    seed) generator seed 11 --preset seed --epochs 50 ;;
    dcgan) generator dcgan 11 --config $models/dcgan.config.json --steps 9375 ;;
    conditional) generator conditional 5 --config $models/conditional.config.json --steps 31250 ;;
    discriminator) networks discriminator --config $models/discriminator.config.json --steps 5000 ;;
  esac
done
