// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const OBJECTIVES = {
  "bce": {
    "on_logits": true
  },
  "minimax": {
    "on_logits": true
  },
  "lsgan": {
    "on_logits": false
  },
  "hinge": {
    "on_logits": false
  },
  "wgan": {
    "on_logits": false
  }
} as const;
