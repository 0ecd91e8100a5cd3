// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const PRESET_FACTS = {
  "seed": {
    "data": "images",
    "objective": "bce",
    "conditional": false
  },
  "mlp": {
    "data": "images",
    "objective": "bce",
    "conditional": false
  },
  "dcgan": {
    "data": "images",
    "objective": "bce",
    "conditional": false
  },
  "quick": {
    "data": "images",
    "objective": "bce",
    "conditional": true
  },
  "fine": {
    "data": "images",
    "objective": "bce",
    "conditional": true
  },
  "cgan": {
    "data": "images",
    "objective": "lsgan",
    "conditional": true
  },
  "acgan": {
    "data": "images",
    "objective": "bce",
    "conditional": true
  },
  "lsgan": {
    "data": "images",
    "objective": "lsgan",
    "conditional": false
  },
  "wgan-gp": {
    "data": "images",
    "objective": "wgan",
    "conditional": false
  },
  "hinge": {
    "data": "images",
    "objective": "hinge",
    "conditional": false
  },
  "pictures": {
    "data": "images",
    "objective": "hinge",
    "conditional": true
  },
  "toy2d": {
    "data": "ring",
    "objective": "bce",
    "conditional": false
  }
} as const;
