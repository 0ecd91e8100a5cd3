// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

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
