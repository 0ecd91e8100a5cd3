// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Hyper-parameters as the texts of a link or of the drawer, held against what the core makes of them.

import { describe, expect, it } from "vitest";
import {
  canContinue,
  finish,
  invalidNames,
  startDraft,
  withOptimizer,
  withTyped,
} from "../config/draft";
import {
  adjustedChanges,
  checkChanges,
  differences,
  flatten,
  withChanges,
} from "../config/hyper_parameters";
import { parseLayers, printLayers } from "../config/layer_text";
import { PRESETS } from "../config/presets";
import type { Settings } from "../config/settings";
import type { NetworkConfig } from "../engine/types";
import { configOf } from "./script_configs";

describe.each(PRESETS)("preset %s", (preset) => {
  it("is read back from a link exactly", () => {
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

describe("a layer in a link", () => {
  it("may have 0 where its default is another number", () => {
    expect(parseLayers("dropout:0,leaky_relu:0")).toEqual([
      { type: "dropout", p: 0 },
      { type: "leaky_relu", negative_slope: 0 },
    ]);
  });
});

describe("a draft", () => {
  const SETTINGS: Settings = {
    preset: "dcgan",
    seed: 1,
    examples: 1000,
    pictures: null,
    changes: { "d.optimizer": "sgd", "d.momentum": "0.5", "g.lr": "0.01", objective: "minimax" },
  };

  it("starts with what the core makes of the same settings", () => {
    for (const preset of PRESETS) {
      const settings = { ...SETTINGS, preset, changes: {} };
      expect(startDraft(settings).texts).toEqual(flatten(configOf({ preset })));
    }
    const { preset, changes } = SETTINGS;
    const core = flatten(configOf(withChanges({ preset }, changes)));
    expect(startDraft(SETTINGS).texts).toMatchObject(core);
  });

  it("can change a rate of a run whose link leaves out its optimiser's defaults", () => {
    const draft = startDraft(SETTINGS);
    const changed = { ...draft, texts: { ...draft.texts, "d.lr": "0.02" } };
    expect(canContinue(SETTINGS, finish(changed) ?? SETTINGS, draft.config)).toBe(true);
    const other = { ...draft, texts: { ...draft.texts, "d.momentum": "0" } };
    expect(canContinue(SETTINGS, finish(other) ?? SETTINGS, draft.config)).toBe(false);
    expect(canContinue(SETTINGS, finish(draft) ?? SETTINGS, draft.config)).toBe(false);
  });

  it("of another preset has the seed and number of examples that were typed, if they are valid", () => {
    const draft = { ...startDraft(SETTINGS), seed: "7", examples: "2000" };
    const other: Settings = { ...SETTINGS, preset: "seed", changes: {} };
    expect(startDraft(withTyped(other, draft))).toMatchObject({ seed: "7", examples: "2000" });
    const wrong = { ...draft, seed: "seven", examples: "0" };
    expect(startDraft(withTyped(other, wrong))).toMatchObject({ seed: "1", examples: "1000" });
  });

  it("is valid whatever was typed for an optimiser that is not selected any more", () => {
    const draft = startDraft({ ...SETTINGS, changes: {} });
    const typed = { ...draft, texts: { ...draft.texts, "d.beta1": "much" } };
    expect([...invalidNames(typed)]).toEqual(["d.beta1"]);
    const { changes } = finish(withOptimizer(typed, "d", "sgd")) ?? SETTINGS;
    expect(changes).toMatchObject({ "d.optimizer": "sgd", "d.momentum": "0" });
    expect(changes).not.toHaveProperty("d.beta1");
  });
});

describe("the changes of a run", () => {
  it("are without those that it was restored to before", () => {
    const preset = configOf({ preset: "seed" });
    const changes = { "g.lr": "0.001", "d.lr": "0.002", batch_size: "8" };
    const run = configOf(withChanges({ preset: "seed" }, { ...changes, "d.lr": "0.004" }));
    expect(adjustedChanges(changes, run, preset)).toEqual({ ...changes, "d.lr": "0.004" });
    const before = configOf(withChanges({ preset: "seed" }, { batch_size: "8" }));
    expect(adjustedChanges(changes, before, preset)).toEqual({ batch_size: "8" });
    const same = configOf(withChanges({ preset: "seed" }, changes));
    expect(adjustedChanges(changes, same, preset)).toBeNull();
  });
});

describe("hyper-parameters", () => {
  it("are passed to the core by their names in links", () => {
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
