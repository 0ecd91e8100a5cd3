// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const OPTIMIZERS = {
  "adam": {
    "lr": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 100
      },
      "default": 0.0003,
      "changes": "at_once"
    },
    "beta1": {
      "kind": "real",
      "range": {
        "least": 0,
        "below": 1
      },
      "default": 0.9
    },
    "beta2": {
      "kind": "real",
      "range": {
        "least": 0,
        "below": 1
      },
      "default": 0.999
    },
    "eps": {
      "kind": "real",
      "range": {
        "least": 1e-30,
        "most": 1
      },
      "default": 1e-8
    },
    "weight_decay": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 1
      },
      "default": 0
    },
    "lr_decay_steps": {
      "kind": "whole",
      "range": {
        "least": 0,
        "most": 1073741824
      },
      "default": 0
    }
  },
  "sgd": {
    "lr": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 100
      },
      "default": 0.01,
      "changes": "at_once"
    },
    "momentum": {
      "kind": "real",
      "range": {
        "least": 0,
        "below": 1
      },
      "default": 0
    },
    "weight_decay": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 1
      },
      "default": 0
    },
    "lr_decay_steps": {
      "kind": "whole",
      "range": {
        "least": 0,
        "most": 1073741824
      },
      "default": 0
    }
  },
  "rmsprop": {
    "lr": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 100
      },
      "default": 0.01,
      "changes": "at_once"
    },
    "alpha": {
      "kind": "real",
      "range": {
        "least": 0,
        "below": 1
      },
      "default": 0.99
    },
    "eps": {
      "kind": "real",
      "range": {
        "least": 1e-30,
        "most": 1
      },
      "default": 1e-8
    },
    "weight_decay": {
      "kind": "real",
      "range": {
        "least": 0,
        "most": 1
      },
      "default": 0
    },
    "lr_decay_steps": {
      "kind": "whole",
      "range": {
        "least": 0,
        "most": 1073741824
      },
      "default": 0
    }
  }
} as const;
