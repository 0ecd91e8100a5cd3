// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page says of networks, held against the core itself: parameters counted in a checkpoint, and
// what the core accepts and refuses.

import { describe, expect, it } from "vitest";
import { balancesAtLn2 } from "../config/loss_balance";
import { isConditional, PRESETS } from "../config/presets";
import { firstProblem, misfitOf } from "../config/problem_place";
import { objectiveOf } from "../config/settings";
import { PRESET_CONFIGS } from "../engine/generated/description/preset_configs";
import type { LayerConfig, ProblemKind, SessionConfig } from "../engine/types";
import { configOf, ganvas } from "./script_configs";

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
    const report = ganvas.checkConfig({ preset });
    expect(firstProblem(report)).toBeNull();
    for (const network of ["generator", "discriminator"] as const) {
      expect(report[network]?.layers.length).toBe(config[network].layers.length);
      expect(report[network]?.parameters).toBe(countParameters({ preset }, network));
    }
    expect(report.generator?.layers.at(-1)?.shape.reduce((a, b) => a * b)).toBe(
      config.sample_shape.reduce((a, b) => a * b),
    );
  });

  it("matches what the page knows of it in advance", () => {
    const config = configOf({ preset });
    const labelled = configOf(preset === "pictures" ? { preset, classes: 2 } : { preset });
    expect(isConditional(preset)).toBe(labelled.classes > 0);
    const settings = { preset, seed: 1, examples: 1, pictures: null, changes: {} };
    expect(objectiveOf(settings)).toBe(config.objective);
    const { objective, auxiliary_classifier } = config;
    expect(balancesAtLn2(settings)).toBe(objective === "bce" && !auxiliary_classifier);
    for (const changes of [{ objective: "minimax" }, { auxiliary_classifier: "true" }])
      expect(balancesAtLn2({ ...settings, changes })).toBe(false);
    expect(PRESET_CONFIGS[preset]).toEqual(config);
  });
});

describe("layers that do not fit", () => {
  const conv = { type: "conv2d", out_channels: 8, kernel_size: 4, stride: 2, padding: 1 } as const;
  const image = { type: "reshape", channels: 8, height: 7, width: 7 } as const;
  const up = { ...conv, type: "conv_transpose2d" } as const;
  const out = { type: "linear", out_features: 784 } as const;
  const GENERATORS: readonly (readonly [
    string,
    ProblemKind,
    number | null,
    readonly LayerConfig[],
  ])[] = [
    ["nothing at all", "no_layers", null, []],
    ["an output of another size", "output_mismatch", null, [{ type: "linear", out_features: 783 }]],
    ["a convolution of flat samples", "needs_image", 0, [conv]],
    [
      "a reshape of another size",
      "size_mismatch",
      1,
      [{ type: "linear", out_features: 100 }, image],
    ],
    [
      "a linear layer of images",
      "needs_flat",
      2,
      [{ type: "linear", out_features: 392 }, image, out],
    ],
    ["a linear layer of no features", "range", 0, [{ type: "linear", out_features: 0 }, out]],
    [
      "too many parameters",
      "too_many_parameters",
      1,
      [
        { type: "linear", out_features: 131072 },
        { type: "linear", out_features: 200 },
      ],
    ],
    ["classes without labels", "needs_classes", 0, [{ type: "class_concat" }, out]],
    ["a projection without classes", "needs_classes", 0, [{ type: "class_projection" }]],
    ["dropout of everything", "range", 0, [{ type: "dropout", p: 1 }, out]],
    ["a slope above 1", "range", 0, [{ type: "leaky_relu", negative_slope: 2 }, out]],
    [
      "output padding as large as the stride",
      "range",
      2,
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
      "padding_too_large",
      2,
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
      "kernel_too_large",
      2,
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
      "kernel_too_large",
      2,
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
      "output_too_large",
      2,
      [
        { type: "linear", out_features: 784 },
        { type: "reshape", channels: 1, height: 28, width: 28 },
        { ...up, out_channels: 64, kernel_size: 30, stride: 28 },
      ],
    ],
  ];
  it.each(GENERATORS)("are rejected with reason and position: %s", (_, kind, at, layers) => {
    const wanted = { preset: "seed", generator: { layers } } as const;
    const report = ganvas.checkConfig(wanted);
    expect(misfitOf(report, "generator")).toMatchObject({ problem: { kind }, layer: at });
    expect(misfitOf(report, "discriminator")).toBeNull();
    // The layers before it still have their shapes.
    expect(report.generator?.layers.length).toBe(at ?? layers.length);
    expect(isAccepted(wanted)).toBe(false);
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
  ] as const)("are accepted where they fit: %s", (_, layers) => {
    const wanted = { preset: "seed", generator: { layers } } as const;
    const report = ganvas.checkConfig(wanted);
    expect(firstProblem(report)).toBeNull();
    expect(report.generator?.parameters).toBe(countParameters(wanted, "generator"));
  });

  const DISCRIMINATORS: readonly (readonly [string, ProblemKind, SessionConfig])[] = [
    [
      "no sigmoid for probabilities",
      "needs_sigmoid",
      { preset: "seed", discriminator: { layers: [{ type: "linear", out_features: 1 }] } },
    ],
    [
      "two outputs",
      "output_mismatch",
      { preset: "lsgan", discriminator: { layers: [{ type: "linear", out_features: 2 }] } },
    ],
    [
      "a penalty on batch norm",
      "not_piecewise_linear",
      {
        preset: "wgan-gp",
        discriminator: { layers: [{ type: "batch_norm" }, { type: "linear", out_features: 1 }] },
      },
    ],
    [
      "a penalty on max pooling",
      "not_piecewise_linear",
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
  it.each(DISCRIMINATORS)("are rejected as a discriminator: %s", (_, kind, wanted) => {
    const report = ganvas.checkConfig(wanted);
    expect(misfitOf(report, "discriminator")).toMatchObject({ problem: { kind } });
    expect(isAccepted(wanted)).toBe(false);
  });
});

describe("settings that cannot be checked layer by layer", () => {
  it.each([
    ["a number out of range", "range", { preset: "seed", batch_size: 0 }],
    ["a field that holds no number", "wrong_type", unreadable({ latent_size: "many" })],
    ["a preset that does not exist", "unknown_preset", unreadable({ preset: "none" })],
  ] as const)("are reported for the whole config: %s", (_, kind, wanted) => {
    const report = ganvas.checkConfig(wanted);
    expect(report).toMatchObject({ generator: null, discriminator: null, problem: { kind } });
    expect(isAccepted(wanted)).toBe(false);
  });

  it("keep the networks' shapes when settings only contradict each other", () => {
    const report = ganvas.checkConfig({ preset: "seed", detach: false, first_update: "generator" });
    expect(report.problem).toMatchObject({ kind: "needs_one_update", path: "detach" });
    expect(report.generator?.layers.length).toBe(4);
  });
});

/** Values that the types forbid, as a link or another program could send. */
function unreadable(config: object): SessionConfig {
  return { preset: "seed", ...config } as SessionConfig;
}
