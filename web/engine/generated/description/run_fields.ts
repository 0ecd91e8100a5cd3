// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const RUN_FIELDS = {
  "preset": {
    "kind": "text",
    "default": ""
  },
  "seed": {
    "kind": "whole",
    "range": {
      "least": 0,
      "most": 9007199254740991
    },
    "default": 1
  },
  "batch_size": {
    "kind": "whole",
    "range": {
      "least": 1,
      "most": 4096
    }
  },
  "latent_size": {
    "kind": "whole",
    "range": {
      "least": 1,
      "most": 4096
    }
  },
  "sample_shape": {
    "kind": "shape",
    "default": []
  },
  "classes": {
    "kind": "whole",
    "range": {
      "least": 0,
      "most": 100
    },
    "default": 0
  },
  "data": {
    "kind": "text",
    "default": "images"
  },
  "examples": {
    "kind": "whole",
    "range": {
      "least": 0,
      "most": 1073741824
    },
    "default": 0
  },
  "objective": {
    "kind": "choice",
    "choices": [
      "bce",
      "minimax",
      "lsgan",
      "hinge",
      "wgan"
    ],
    "default": "bce"
  },
  "first_update": {
    "kind": "choice",
    "choices": [
      "generator",
      "discriminator"
    ],
    "default": "discriminator"
  },
  "detach": {
    "kind": "flag",
    "default": true
  },
  "auxiliary_classifier": {
    "kind": "flag",
    "default": false
  },
  "label_smoothing": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1
    },
    "default": 0,
    "changes": "at_once"
  },
  "instance_noise": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 100
    },
    "default": 0,
    "changes": "at_once"
  },
  "weight_clip": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1000
    },
    "default": 0
  },
  "gradient_penalty": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1000000
    },
    "default": 0
  },
  "r1": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1000000
    },
    "default": 0
  },
  "ema_decay": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1
    },
    "default": 0
  },
  "r1_interval": {
    "kind": "whole",
    "range": {
      "least": 1,
      "most": 1000
    },
    "default": 1
  },
  "augment_color": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1
    },
    "default": 0
  },
  "augment_translation": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1
    },
    "default": 0
  },
  "augment_cutout": {
    "kind": "real",
    "range": {
      "least": 0,
      "most": 1
    },
    "default": 0
  },
  "pictures": {
    "kind": "text",
    "default": ""
  },
  "shards": {
    "kind": "whole",
    "range": {
      "least": 1,
      "most": 1024
    },
    "default": 1
  }
} as const;
