// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const NETWORK_FIELDS = {
  "init": {
    "kind": "choice",
    "choices": [
      "pytorch",
      "dcgan"
    ],
    "default": "pytorch"
  },
  "updates": {
    "kind": "whole",
    "range": {
      "least": 1,
      "most": 100
    },
    "default": 1
  }
} as const;
