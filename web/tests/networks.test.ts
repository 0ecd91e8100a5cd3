// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page says of networks and hyper-parameters, held against the core itself: parameters
// counted in a checkpoint, and what the core accepts and refuses.

import { beforeAll, describe, expect, it } from "vitest";
import { checkChanges, differences, flatten, withChanges } from "../config/hyper_parameters";
import { parseLayers, printLayers } from "../config/layer_text";
import { shapeDiscriminator, shapeGenerator } from "../config/network_shapes";
import { isConditional, PRESETS } from "../config/presets";
import { objectiveOf } from "../config/settings";
import type { Config, LayerConfig, NetworkConfig, SessionConfig } from "../engine/types";
import { type Ganvas, loadGanvas } from "../index";
import { PUBLIC_URL } from "./real_assets";

let ganvas: Ganvas;

beforeAll(async () => {
  ganvas = await loadGanvas({ baseUrl: PUBLIC_URL, threads: 1, tier: "simd" });
});

function configOf(wanted: SessionConfig): Config {
  const session = ganvas.createSession(wanted);
  const config = session.config();
  session.dispose();
  return config;
}

/** Numbers in the learned tensors of a network, as a checkpoint lists them. */
function countParameters(wanted: SessionConfig, network: "generator" | "discriminator"): number {
  const session = ganvas.createSession(wanted);
  const bytes = session.save();
  session.dispose();
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
    string,
    { shape?: number[] }
  >;
  return Object.entries(header)
    .filter(([name]) => name.startsWith(`${network}.`) && !/running_|num_batches/.test(name))
    .reduce((sum, [, { shape = [] }]) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

function isAccepted(wanted: SessionConfig): boolean {
  try {
    configOf(wanted);
    return true;
  } catch {
    return false;
  }
}

describe.each(PRESETS)("preset %s", (preset) => {
  it("has the shapes and parameters that the page shows", () => {
    const config = configOf({ preset });
    const g = shapeGenerator(config, config.generator.layers);
    const d = shapeDiscriminator(config, config.discriminator.layers);
    expect([g.misfit, d.misfit]).toEqual([null, null]);
    expect(g.layers.length).toBe(config.generator.layers.length);
    expect(g.parameters).toBe(countParameters({ preset }, "generator"));
    expect(d.parameters).toBe(countParameters({ preset }, "discriminator"));
  });

  it("is what the page knows of it beforehand", () => {
    const config = configOf({ preset });
    expect(isConditional(preset)).toBe(config.classes > 0);
    expect(objectiveOf({ preset, seed: 1, examples: 1, changes: {} })).toBe(config.objective);
  });

  it("comes back from a link's text bit by bit", () => {
    const config = configOf({ preset });
    for (const { layers } of [config.generator, config.discriminator]) {
      const read = parseLayers(printLayers(layers)) ?? [];
      expect(read.length).toBe(layers.length);
      for (const [at, layer] of layers.entries()) expect(read[at]).toMatchObject(layer);
    }
    expect(Object.keys(flatten(config))).toEqual(
      expect.arrayContaining(["batch_size", "objective", "g.lr", "g.layers", "d.lr", "d.layers"]),
    );
    expect(differences(flatten(config), flatten(config))).toEqual({});
    const all = checkChanges(flatten(config), preset);
    expect(all.problems).toEqual([]);
    expect(configOf(withChanges({ preset }, all.changes))).toEqual(config);
  });
});

describe("layers that do not fit", () => {
  const conv = { type: "conv2d", out_channels: 8, kernel_size: 4, stride: 2, padding: 1 } as const;
  const image = { type: "reshape", channels: 8, height: 7, width: 7 } as const;
  const up = { ...conv, type: "conv_transpose2d" } as const;
  const out = { type: "linear", out_features: 784 } as const;
  const GENERATORS: readonly (readonly [string, readonly LayerConfig[]])[] = [
    ["nothing at all", []],
    ["an output of another size", [{ type: "linear", out_features: 783 }]],
    ["a convolution of flat samples", [conv]],
    ["a reshape of another size", [{ type: "linear", out_features: 100 }, image]],
    ["a linear layer of images", [{ type: "linear", out_features: 392 }, image, out]],
    ["a linear layer of no features", [{ type: "linear", out_features: 0 }, out]],
    [
      "too many parameters",
      [
        { type: "linear", out_features: 131072 },
        { type: "linear", out_features: 200 },
      ],
    ],
    ["classes that nobody tells", [{ type: "class_concat" }, out]],
    ["a projection without classes", [{ type: "class_projection" }]],
    ["dropout of everything", [{ type: "dropout", p: 1 }, out]],
    ["a slope above 1", [{ type: "leaky_relu", negative_slope: 2 }, out]],
    [
      "output padding as large as the stride",
      [
        { type: "linear", out_features: 392 },
        image,
        { ...up, output_padding: 2 },
        { type: "flatten" },
        out,
      ],
    ],
    [
      "padding that leaves nothing",
      [
        { type: "linear", out_features: 392 },
        image,
        { ...up, stride: 1, padding: 9 },
        { type: "flatten" },
        out,
      ],
    ],
    [
      "a kernel larger than the image",
      [
        { type: "linear", out_features: 392 },
        image,
        { ...conv, kernel_size: 10 },
        { type: "flatten" },
        out,
      ],
    ],
    [
      "a pool larger than the image",
      [
        { type: "linear", out_features: 392 },
        image,
        { type: "max_pool2d", kernel_size: 8 },
        { type: "flatten" },
        out,
      ],
    ],
    [
      "an image that grows too large",
      [
        { type: "linear", out_features: 784 },
        { type: "reshape", channels: 1, height: 28, width: 28 },
        { ...up, out_channels: 64, kernel_size: 30, stride: 28 },
      ],
    ],
  ];
  it.each(GENERATORS)("are refused by page and core alike: %s", (_, layers) => {
    const config = configOf({ preset: "seed" });
    expect(shapeGenerator(config, layers).misfit).not.toBeNull();
    expect(isAccepted({ preset: "seed", generator: { layers } })).toBe(false);
  });

  it.each([
    [
      "flat then pooled",
      [
        { type: "linear", out_features: 392 },
        image,
        { type: "upsample2x" },
        { type: "max_pool2d" },
        { type: "flatten" },
        out,
      ],
    ],
    [
      "odd strides",
      [
        { type: "linear", out_features: 392 },
        image,
        { ...up, kernel_size: 5, stride: 3, output_padding: 1 },
        { ...conv, kernel_size: 3 },
        { type: "flatten" },
        { type: "batch_norm" },
        out,
      ],
    ],
  ] as const)("are accepted by both where they fit: %s", (_, layers) => {
    const wanted = { preset: "seed", generator: { layers } } as const;
    const shaped = shapeGenerator(configOf({ preset: "seed" }), layers);
    expect(shaped.misfit).toBeNull();
    expect(shaped.parameters).toBe(countParameters(wanted, "generator"));
  });

  const DISCRIMINATORS: readonly (readonly [string, SessionConfig])[] = [
    [
      "no sigmoid for probabilities",
      { preset: "seed", discriminator: { layers: [{ type: "linear", out_features: 1 }] } },
    ],
    [
      "two outputs",
      { preset: "lsgan", discriminator: { layers: [{ type: "linear", out_features: 2 }] } },
    ],
    [
      "a penalty on batch norm",
      {
        preset: "wgan-gp",
        discriminator: { layers: [{ type: "batch_norm" }, { type: "linear", out_features: 1 }] },
      },
    ],
    [
      "a penalty on max pooling",
      {
        preset: "hinge",
        discriminator: {
          layers: [
            { type: "max_pool2d" },
            { type: "flatten" },
            { type: "linear", out_features: 1 },
          ],
        },
      },
    ],
  ];
  it.each(DISCRIMINATORS)("are refused as a discriminator: %s", (_, wanted) => {
    const config = configOf({ preset: wanted.preset });
    const layers = wanted.discriminator?.layers ?? [];
    expect(shapeDiscriminator(config, layers).misfit).not.toBeNull();
    expect(isAccepted(wanted)).toBe(false);
  });
});

describe("hyper-parameters", () => {
  it("reach the core by the names of a link", () => {
    const { changes, problems } = checkChanges(
      {
        batch_size: "8",
        objective: "lsgan",
        label_smoothing: "1e-1",
        "g.optimizer": "sgd",
        "g.lr": "0.05",
        "g.momentum": "0.9",
        "d.updates": "2",
        "d.layers": "linear:32,leaky_relu:0.2,linear:1",
      },
      "seed",
    );
    expect(problems).toEqual([]);
    expect(changes["label_smoothing"]).toBe("0.1");
    const config = configOf(withChanges({ preset: "seed", seed: 3 }, changes));
    expect(config).toMatchObject({
      seed: 3,
      batch_size: 8,
      objective: "lsgan",
      label_smoothing: 0.1,
    });
    expect(config.generator.optimizer).toMatchObject({ type: "sgd", lr: 0.05, momentum: 0.9 });
    expect(config.discriminator).toMatchObject({ updates: 2 } satisfies Partial<NetworkConfig>);
    expect(config.discriminator.layers.map(({ type }) => type)).toEqual([
      "linear",
      "leaky_relu",
      "linear",
    ]);
  });

  it.each([
    ["batch_size", "0"],
    ["batch_size", "1.5"],
    ["batch_size", "5000"],
    ["objective", "BCE"],
    ["g.lr", "-1"],
    ["g.lr", "NaN"],
    ["g.lr", "Infinity"],
    ["g.lr", ""],
    ["d.beta1", "1"],
    ["g.momentum", "0.5"],
    ["g.layers", "linear"],
    ["g.layers", "linear:1:2"],
    ["g.layers", "perceptron:3"],
    ["g.layers", ""],
    ["g.layers", "relu,".repeat(5000)],
    ["x.lr", "1"],
  ])("refuse %s=%s", (name, value) => {
    expect(checkChanges({ [name]: value }, "seed")).toEqual({
      changes: {},
      problems: [{ name, value }],
    });
  });
});
