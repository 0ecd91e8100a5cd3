// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the core says of itself. Made by build-wasm.sh from src/io/description.cpp; do not edit.

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
  "toy2d": {
    "data": "ring",
    "objective": "bce",
    "conditional": false
  }
} as const;

export const PRESET_CONFIGS = {
  "seed": {
    "preset": "seed",
    "seed": 1,
    "batch_size": 32,
    "latent_size": 64,
    "sample_shape": [
      784
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "bce",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.01
        },
        {
          "type": "linear",
          "out_features": 784
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0003,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 128
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.01
        },
        {
          "type": "linear",
          "out_features": 1
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0003,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "mlp": {
    "preset": "mlp",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 100,
    "sample_shape": [
      784
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "bce",
    "first_update": "generator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 128
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1024
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 784
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "dcgan": {
    "preset": "dcgan",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 64,
    "sample_shape": [
      1,
      28,
      28
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "bce",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 6272
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "reshape",
          "channels": 128,
          "height": 7,
          "width": 7
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 64,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 1,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "conv2d",
          "out_channels": 64,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "conv2d",
          "out_channels": 128,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "flatten"
        },
        {
          "type": "linear",
          "out_features": 1
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "quick": {
    "preset": "quick",
    "seed": 1,
    "batch_size": 16,
    "latent_size": 16,
    "sample_shape": [
      1,
      28,
      28
    ],
    "classes": 10,
    "data": "images",
    "examples": 10000,
    "objective": "bce",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0.98,
    "generator": {
      "layers": [
        {
          "type": "class_concat",
          "embedding_size": 0
        },
        {
          "type": "linear",
          "out_features": 1176
        },
        {
          "type": "reshape",
          "channels": 24,
          "height": 7,
          "width": 7
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 16,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 1,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.005,
        "beta1": 0,
        "beta2": 0.99,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "conv2d",
          "out_channels": 16,
          "kernel_size": 5,
          "stride": 2,
          "padding": 2
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "conv2d",
          "out_channels": 16,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "flatten"
        },
        {
          "type": "class_projection"
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.003,
        "beta1": 0,
        "beta2": 0.99,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "cgan": {
    "preset": "cgan",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 100,
    "sample_shape": [
      784
    ],
    "classes": 10,
    "data": "images",
    "examples": 0,
    "objective": "lsgan",
    "first_update": "generator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "class_concat",
          "embedding_size": 10
        },
        {
          "type": "linear",
          "out_features": 128
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1024
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 784
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "class_concat",
          "embedding_size": 10
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "dropout",
          "p": 0.4
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "dropout",
          "p": 0.4
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "acgan": {
    "preset": "acgan",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 100,
    "sample_shape": [
      1,
      28,
      28
    ],
    "classes": 10,
    "data": "images",
    "examples": 0,
    "objective": "bce",
    "first_update": "generator",
    "detach": true,
    "auxiliary_classifier": true,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "class_concat",
          "embedding_size": 0
        },
        {
          "type": "linear",
          "out_features": 3136
        },
        {
          "type": "reshape",
          "channels": 64,
          "height": 7,
          "width": 7
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "upsample2x"
        },
        {
          "type": "conv2d",
          "out_channels": 64,
          "kernel_size": 3,
          "stride": 1,
          "padding": 1
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "upsample2x"
        },
        {
          "type": "conv2d",
          "out_channels": 32,
          "kernel_size": 3,
          "stride": 1,
          "padding": 1
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "conv2d",
          "out_channels": 1,
          "kernel_size": 3,
          "stride": 1,
          "padding": 1
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "dcgan",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "conv2d",
          "out_channels": 16,
          "kernel_size": 3,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "dropout2d",
          "p": 0.25
        },
        {
          "type": "conv2d",
          "out_channels": 32,
          "kernel_size": 3,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "dropout2d",
          "p": 0.25
        },
        {
          "type": "conv2d",
          "out_channels": 64,
          "kernel_size": 3,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "dropout2d",
          "p": 0.25
        },
        {
          "type": "flatten"
        },
        {
          "type": "linear",
          "out_features": 11
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "dcgan",
      "updates": 1
    }
  },
  "lsgan": {
    "preset": "lsgan",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 100,
    "sample_shape": [
      784
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "lsgan",
    "first_update": "generator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 128
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1024
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 784
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "wgan-gp": {
    "preset": "wgan-gp",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 100,
    "sample_shape": [
      784
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "wgan",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 10,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 128
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1024
        },
        {
          "type": "batch_norm",
          "eps": 0.8,
          "momentum": 0.1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 784
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0001,
        "beta1": 0,
        "beta2": 0.9,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 512
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 256
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0001,
        "beta1": 0,
        "beta2": 0.9,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 5
    }
  },
  "hinge": {
    "preset": "hinge",
    "seed": 1,
    "batch_size": 64,
    "latent_size": 64,
    "sample_shape": [
      1,
      28,
      28
    ],
    "classes": 0,
    "data": "images",
    "examples": 0,
    "objective": "hinge",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0.1,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 6272
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "reshape",
          "channels": 128,
          "height": 7,
          "width": 7
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 64,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "batch_norm",
          "eps": 0.00001,
          "momentum": 0.1
        },
        {
          "type": "relu"
        },
        {
          "type": "conv_transpose2d",
          "out_channels": 1,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1,
          "output_padding": 0
        },
        {
          "type": "tanh"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "conv2d",
          "out_channels": 32,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "conv2d",
          "out_channels": 64,
          "kernel_size": 4,
          "stride": 2,
          "padding": 1
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "flatten"
        },
        {
          "type": "linear",
          "out_features": 1
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.0002,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  },
  "toy2d": {
    "preset": "toy2d",
    "seed": 1,
    "batch_size": 128,
    "latent_size": 2,
    "sample_shape": [
      2
    ],
    "classes": 0,
    "data": "ring",
    "examples": 0,
    "objective": "bce",
    "first_update": "discriminator",
    "detach": true,
    "auxiliary_classifier": false,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 64
        },
        {
          "type": "relu"
        },
        {
          "type": "linear",
          "out_features": 64
        },
        {
          "type": "relu"
        },
        {
          "type": "linear",
          "out_features": 2
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.001,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    },
    "discriminator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 64
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 64
        },
        {
          "type": "leaky_relu",
          "negative_slope": 0.2
        },
        {
          "type": "linear",
          "out_features": 1
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.001,
        "beta1": 0.5,
        "beta2": 0.999,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 0
      },
      "init": "pytorch",
      "updates": 1
    }
  }
} as const;

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
      "most": 10
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
  }
} as const;

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

export const LAYERS = {
  "linear": {
    "fields": {
      "out_features": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 131072
        }
      }
    },
    "pytorch": "Linear({in}, {out_features})",
    "takes_classes": false
  },
  "conv2d": {
    "fields": {
      "out_channels": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 2048
        }
      },
      "kernel_size": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 31
        }
      },
      "stride": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 31
        },
        "default": 1
      },
      "padding": {
        "kind": "whole",
        "range": {
          "least": 0,
          "most": 31
        },
        "default": 0
      }
    },
    "pytorch": "Conv2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, padding={padding}?)  # {shape}",
    "takes_classes": false
  },
  "conv_transpose2d": {
    "fields": {
      "out_channels": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 2048
        }
      },
      "kernel_size": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 31
        }
      },
      "stride": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 31
        },
        "default": 1
      },
      "padding": {
        "kind": "whole",
        "range": {
          "least": 0,
          "most": 31
        },
        "default": 0
      },
      "output_padding": {
        "kind": "whole",
        "range": {
          "least": 0,
          "most": 30
        },
        "default": 0
      }
    },
    "pytorch": "ConvTranspose2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, padding={padding}?, output_padding={output_padding}?)  # {shape}",
    "takes_classes": false
  },
  "batch_norm": {
    "fields": {
      "eps": {
        "kind": "real",
        "range": {
          "least": 1e-12,
          "most": 10
        },
        "default": 0.00001
      },
      "momentum": {
        "kind": "real",
        "range": {
          "least": 0,
          "most": 1
        },
        "default": 0.1
      }
    },
    "pytorch": "BatchNorm{rank}d({in}, eps={eps}?, momentum={momentum}?)",
    "takes_classes": false
  },
  "leaky_relu": {
    "fields": {
      "negative_slope": {
        "kind": "real",
        "range": {
          "least": 0,
          "most": 1
        },
        "default": 0.01
      }
    },
    "pytorch": "LeakyReLU({negative_slope})",
    "takes_classes": false
  },
  "relu": {
    "fields": {},
    "pytorch": "ReLU()",
    "takes_classes": false
  },
  "tanh": {
    "fields": {},
    "pytorch": "Tanh()",
    "takes_classes": false
  },
  "sigmoid": {
    "fields": {},
    "pytorch": "Sigmoid()",
    "takes_classes": false
  },
  "dropout": {
    "fields": {
      "p": {
        "kind": "real",
        "range": {
          "least": 0,
          "below": 1
        },
        "default": 0.5
      }
    },
    "pytorch": "Dropout({p})",
    "takes_classes": false
  },
  "dropout2d": {
    "fields": {
      "p": {
        "kind": "real",
        "range": {
          "least": 0,
          "below": 1
        },
        "default": 0.5
      }
    },
    "pytorch": "Dropout2d({p})",
    "takes_classes": false
  },
  "max_pool2d": {
    "fields": {
      "kernel_size": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 131072
        },
        "default": 2
      }
    },
    "pytorch": "MaxPool2d({kernel_size})  # {shape}",
    "takes_classes": false
  },
  "upsample2x": {
    "fields": {},
    "pytorch": "Upsample(scale_factor=2)  # {shape}",
    "takes_classes": false
  },
  "flatten": {
    "fields": {},
    "pytorch": "Flatten()  # {shape}",
    "takes_classes": false
  },
  "reshape": {
    "fields": {
      "channels": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 131072
        }
      },
      "height": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 131072
        }
      },
      "width": {
        "kind": "whole",
        "range": {
          "least": 1,
          "most": 131072
        }
      }
    },
    "pytorch": "Unflatten(1, {shape})",
    "takes_classes": false
  },
  "class_concat": {
    "fields": {
      "embedding_size": {
        "kind": "whole",
        "range": {
          "least": 0,
          "most": 2048
        },
        "default": 0
      }
    },
    "pytorch": "",
    "takes_classes": true
  },
  "class_projection": {
    "fields": {},
    "pytorch": "",
    "takes_classes": true
  }
} as const;

export const POINT_DISTRIBUTIONS = [
  "line",
  "ring",
  "discs",
  "spiral",
  "swiss_roll"
] as const;

export const ERROR_CODES = [
  "invalid_argument",
  "invalid_config",
  "not_found",
  "bad_magic",
  "truncated",
  "malformed",
  "shape_mismatch",
  "missing_tensor",
  "no_data",
  "not_trainable",
  "non_finite",
  "io_failure"
] as const;

export const PROBLEM_KINDS = [
  "wrong_type",
  "missing",
  "unknown_key",
  "unknown_name",
  "unknown_preset",
  "range",
  "needs_classes",
  "needs_one_update",
  "needs_flat",
  "needs_image",
  "kernel_too_large",
  "padding_too_large",
  "size_mismatch",
  "output_too_large",
  "too_many_parameters",
  "too_many_activations",
  "too_many_layers",
  "no_layers",
  "output_mismatch",
  "needs_sigmoid",
  "not_piecewise_linear"
] as const;
