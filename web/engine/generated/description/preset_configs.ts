// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
          "out_channels": 12,
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
        "lr": 0.008,
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
          "out_channels": 12,
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
          "out_channels": 12,
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
        "lr": 0.005,
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
  "fine": {
    "preset": "fine",
    "seed": 1,
    "batch_size": 16,
    "latent_size": 32,
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
    "r1": 0.5,
    "ema_decay": 0.998,
    "r1_interval": 4,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
    "generator": {
      "layers": [
        {
          "type": "class_concat",
          "embedding_size": 0
        },
        {
          "type": "linear",
          "out_features": 1568
        },
        {
          "type": "reshape",
          "channels": 32,
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
        "lr": 0.002,
        "beta1": 0,
        "beta2": 0.99,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 24000
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
          "out_channels": 32,
          "kernel_size": 3,
          "stride": 1,
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
          "type": "class_projection"
        },
        {
          "type": "sigmoid"
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.002,
        "beta1": 0,
        "beta2": 0.99,
        "eps": 1e-8,
        "weight_decay": 0,
        "lr_decay_steps": 24000
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
  "pictures": {
    "preset": "pictures",
    "seed": 1,
    "batch_size": 16,
    "latent_size": 32,
    "sample_shape": [
      3,
      32,
      32
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
    "r1": 0,
    "ema_decay": 0.99,
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0.125,
    "augment_cutout": 0,
    "shards": 1,
    "generator": {
      "layers": [
        {
          "type": "linear",
          "out_features": 1024
        },
        {
          "type": "reshape",
          "channels": 64,
          "height": 4,
          "width": 4
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
          "out_channels": 32,
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
          "out_channels": 3,
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
        "lr": 0.002,
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
          "out_channels": 32,
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
          "type": "conv2d",
          "out_channels": 64,
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
        }
      ],
      "optimizer": {
        "type": "adam",
        "lr": 0.002,
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
    "r1_interval": 1,
    "augment_color": 0,
    "augment_translation": 0,
    "augment_cutout": 0,
    "shards": 1,
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
