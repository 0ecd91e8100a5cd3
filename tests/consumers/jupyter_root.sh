#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# jupyter_root.sh: makes a Debian 13 root with JupyterLab, unless the cache has this script's, and prints its folder. Only the
# deep consumer tests need it, so it is apart from the build root.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../toolchain/common.sh"
source "$ganvas_repo/toolchain/recipe.sh"

folder=$ganvas_cache/jupyter-$(cat "${BASH_SOURCE[0]}" "$ganvas_repo/toolchain/recipe.sh" | sha256sum | cut -c 1-12)

mkdir -p "$ganvas_cache"
exec 9>"$ganvas_cache/jupyter.lock"
flock 9
if [[ ! -d $folder ]]; then
  say "making a root with JupyterLab, about 5 minutes"
  command -v mmdebstrap >/dev/null || install_on_host "making the root" mmdebstrap debian-archive-keyring
  partial=$folder.partial
  rm -rf "$partial"
  mkdir -p "$partial"
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  chmod 755 "$scratch" "$partial"
  host_apt_options "$scratch/apt.conf"
  options=(--variant=minbase "--include=jupyterlab,python3-ipykernel" --aptopt="$scratch/apt.conf")
  if [[ $EUID -eq 0 ]]; then
    mmdebstrap "${options[@]}" trixie "$partial" >&2
  else
    # As a tar archive, the files become the caller's own.
    mmdebstrap --mode=unshare --format=tar "${options[@]}" trixie - | tar -x -C "$partial" --no-same-owner --exclude='./dev/*'
  fi
  mv -T "$partial" "$folder"
fi
echo "$folder"
