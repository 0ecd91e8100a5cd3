#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What becomes of SIGHUP in a program that loads UCX, as every program does that Debian links with Open MPI.
#
# One would guess: nothing, since a library leaves the signals of its program alone until it is asked, and a hangup that
# nohup has set to be ignored stays ignored. Seen in UCX 1.13.1 (Debian's 1.13.1-1): loading libucs alone installs a handler
# of SIGHUP in the place of whatever was there, ignored or not; so the hangup of a closed terminal starts UCX's debugger in
# the program. UCX_DEBUG_SIGNO= (empty) leaves the signal alone.
#
# Fails when that changes. Needs apt-get, dpkg and gcc.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
chmod 755 . # for apt's own user

apt-get download libucx0=1.13.1-1 libnuma1=2.0.16-1 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done

cat >try.c <<'SOURCE'
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

int main(int count, char** arguments) {
  struct sigaction action;
  signal(SIGHUP, SIG_IGN);
  if (!dlopen("libucs.so.0", RTLD_NOW)) return fprintf(stderr, "%s\n", dlerror()), 2;
  sigaction(SIGHUP, NULL, &action);
  const char* seen = action.sa_handler == SIG_IGN ? "ignored" : action.sa_handler == SIG_DFL ? "default" : "handled";
  printf("SIGHUP was ignored; after loading libucs it is %s (one would guess: ignored)\n", seen);
  return count > 1 && strcmp(seen, arguments[1]) ? 1 : 0;
}
SOURCE
gcc try.c -o try -ldl
export LD_LIBRARY_PATH=root/usr/lib/x86_64-linux-gnu
./try handled
echo "with UCX_DEBUG_SIGNO empty:"
UCX_DEBUG_SIGNO='' ./try ignored
