#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# enter_root.sh ROOT COMMAND ARGS...: runs a command in the current folder with the system folders of ROOT (usr, etc and the
# links such as bin), while all other folders of the host keep their paths. Each step is an exec in a private mount
# namespace: no process of ours remains, so the command receives Ctrl-C and its exit code is returned, and no mount outlives
# it. Root needs permission to mount; other users need user namespaces.

set -euo pipefail

if [[ $# -lt 2 ]]; then
  echo "error: usage: enter_root.sh ROOT COMMAND ARGS... (toolchain/run finds the root by itself)" >&2
  exit 2
fi
if [[ ${1-} != --inside ]]; then
  if [[ $(id -u) -eq 0 ]]; then
    exec unshare --mount --propagation private "$0" --inside "" "$@"
  fi
  exec unshare --user --map-root-user --mount --propagation private "$0" --inside "--user --map-user=$(id -u) --map-group=$(id -g)" "$@"
fi

identity=$2     # the options of unshare that restore the caller's identity
root=$3
shift 3

# The new tree is built in a tmpfs at ROOT/mnt.
tree=$root/mnt
mount -t tmpfs -o mode=755 ganvas "$tree"

bind_read_only() {
  # In a user namespace, a read-only remount can fail if the cache's file system is mounted nosuid or nodev.
  mount --bind -o ro "$1" "$2" 2>/dev/null || mount --bind "$1" "$2"
}

for folder in usr etc; do
  mkdir "$tree/$folder"
  bind_read_only "$root/$folder" "$tree/$folder"
done
for link in bin sbin lib lib32 lib64 libx32; do
  if [[ -L $root/$link ]]; then cp -P "$root/$link" "$tree/$link"; fi
done
for entry in /*; do
  name=${entry#/}
  case $name in usr | etc | bin | sbin | lib | lib32 | lib64 | libx32 | boot | lost+found) continue ;; esac
  if [[ -L $entry ]]; then
    cp -P "$entry" "$tree/$name"
  elif [[ -d $entry ]]; then
    mkdir "$tree/$name"
    mount --rbind "$entry" "$tree/$name" 2>/dev/null || rmdir "$tree/$name"
  fi
done

where=$PWD
[[ -d $tree$where ]] || { echo "error: $where is hidden in the build root, which has its own /usr and /etc; use another folder" >&2; exit 1; }

# Environment variables for the host's compilers and interpreters do not apply in the root.
for name in $(compgen -e); do
  case $name in
    EM_* | EMSDK* | EMCC_* | NODE_* | PYTHON* | LD_* | CMAKE_* | CC | CXX | AR | LD | CFLAGS | CXXFLAGS | CPPFLAGS | LDFLAGS | CPATH | *_INCLUDE_PATH | LIBRARY_PATH | PKG_CONFIG*) unset "$name" ;;
  esac
done
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
unset LC_ALL LC_CTYPE

# Not chroot, which forbids creating the user namespace that restores the caller's identity.
cd "$tree"
mkdir .host
pivot_root . .host
umount --lazy /.host
rmdir /.host
# shellcheck disable=SC2086
exec ${identity:+unshare $identity} env --chdir="$where" "$@"
