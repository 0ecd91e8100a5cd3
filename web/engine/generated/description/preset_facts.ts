// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const PRESET_FACTS = {
  "seed": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "mlp": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "dcgan": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "quick": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": true
  },
  "fine": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": true
  },
  "cgan": {
    "data": "images",
    "objective": "lsgan",
    "auxiliary_classifier": false,
    "conditional": true
  },
  "acgan": {
    "data": "images",
    "objective": "bce",
    "auxiliary_classifier": true,
    "conditional": true
  },
  "lsgan": {
    "data": "images",
    "objective": "lsgan",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "wgan-gp": {
    "data": "images",
    "objective": "wgan",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "hinge": {
    "data": "images",
    "objective": "hinge",
    "auxiliary_classifier": false,
    "conditional": false
  },
  "pictures": {
    "data": "images",
    "objective": "hinge",
    "auxiliary_classifier": false,
    "conditional": true
  },
  "toy2d": {
    "data": "ring",
    "objective": "bce",
    "auxiliary_classifier": false,
    "conditional": false
  }
} as const;
