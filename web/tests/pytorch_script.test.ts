// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The text of PyTorch scripts, and its highlighting.

import { describe, expect, it } from "vitest";
import { type Config, type LayerConfig, PRESETS } from "../engine/types";
import { scriptName } from "../pytorch_script/script";
import { newLines } from "../ui/script/line_differences";
import { tokenize } from "../ui/script/python_tokens";
import { configOf, configOfVariation, OWN_PICTURES, VARIATIONS, write } from "./script_configs";

/** Parts that a script has if and only if its config needs them. */
const PARTS: readonly (readonly [part: string, wanted: (config: Config) => boolean])[] = [
  ["labels", ({ classes }) => classes > 0],
  ["F.one_hot", (config) => hasLayer(config, (layer) => isConcat(layer) && !layer.embedding_size)],
  [
    "nn.Embedding",
    (config) =>
      hasLayer(config, (layer) =>
        isConcat(layer) ? layer.embedding_size !== 0 : layer.type === "class_projection",
      ),
  ],
  ["F.cross_entropy", ({ auxiliary_classifier }) => auxiliary_classifier],
  ["BCEWithLogitsLoss", ({ objective }) => objective === "bce" || objective === "minimax"],
  ["MSELoss", ({ objective }) => objective === "lsgan"],
  ["F.relu(", ({ objective }) => objective === "hinge"],
  ["label_smoothing", ({ label_smoothing }) => label_smoothing > 0],
  ["instance_noise", ({ instance_noise }) => instance_noise > 0],
  ["augment_color", ({ augment_color }) => augment_color > 0],
  ["augment_translation", ({ augment_translation }) => augment_translation > 0],
  ["augment_cutout", ({ augment_cutout }) => augment_cutout > 0],
  ["weight_clip", ({ weight_clip }) => weight_clip > 0],
  ["lambda_gp", ({ gradient_penalty }) => gradient_penalty > 0],
  ["gamma_r1", ({ r1 }) => r1 > 0],
  ["create_graph", ({ gradient_penalty, r1 }) => gradient_penalty > 0 || r1 > 0],
  ["retain_graph", ({ detach }) => !detach],
  ["gen_ema", ({ ema_decay }) => ema_decay > 0],
  ["disc_updates", ({ discriminator }) => discriminator.updates > 1],
  ["gen_updates", ({ generator }) => generator.updates > 1],
  ["init_weights", ({ generator }) => generator.init === "dcgan"],
  [
    "LinearLR",
    ({ generator, discriminator }) =>
      [generator, discriminator].some(({ optimizer }) => optimizer.lr_decay_steps > 0),
  ],
  ["optim.SGD", ({ generator }) => generator.optimizer.type === "sgd"],
  ["optim.RMSprop", ({ discriminator }) => discriminator.optimizer.type === "rmsprop"],
  ["gzip", ({ data, pictures }) => data === "images" && pictures === undefined],
  ["numpy.load(", ({ pictures }) => pictures !== undefined],
  ["nn.Dropout(", (config) => hasLayer(config, ({ type }) => type === "dropout")],
  ["drop_last", ({ batch_size }) => batch_size === 27],
  [
    "shards with batch-norm statistics of their own; here they are of the",
    ({ shards }) => shards > 1,
  ],
];

function isConcat(layer: LayerConfig): layer is Extract<LayerConfig, { type: "class_concat" }> {
  return layer.type === "class_concat";
}

function hasLayer(config: Config, is: (layer: LayerConfig) => boolean): boolean {
  return [...config.generator.layers, ...config.discriminator.layers].some(is);
}

function allConfigs(): Config[] {
  const presets = PRESETS.map((preset) => configOf({ preset }));
  return [...presets, configOf(OWN_PICTURES), ...Object.values(VARIATIONS).map(configOfVariation)];
}

/** The config that checkpoints name has all settings. */
function withoutJson(script: string): string {
  return script.replace(/(?<=ganvas_config = )"""[\s\S]*?"""/, '""');
}

describe("a script", () => {
  it.each(PARTS)("has %s if and only if the config needs it", (part, wanted) => {
    const configs = allConfigs();
    const has = configs.map((config) => withoutJson(write(config)).includes(part));
    expect(has).toEqual(configs.map(wanted));
    expect(has).toContain(true);
    expect(has).toContain(false);
  });

  it("follows PEP 8, in 100 columns", () => {
    for (const config of allConfigs()) {
      const script = write(config);
      const lines = script.split("\n");
      expect(lines.filter((line) => line.length > 100 || line !== line.trimEnd())).toEqual([]);
      expect(script).not.toMatch(/\t|\n{4}/);
      expect(script).toMatch(/[^\n]\n$/);
      const blocks = lines.flatMap((line, at) => (/^(class |def |@)/.test(line) ? [at] : []));
      const apart = blocks.filter((at) => !lines[at - 1]?.startsWith("@"));
      expect(apart.length).toBeGreaterThan(2);
      for (const at of apart) expect(lines.slice(at - 2, at)).toEqual(["", ""]);
      for (const line of lines) expect((line.match(/^ */)?.[0].length ?? 0) % 4).toBe(0);
    }
  });

  it("names a setting that both optimisers share once, and others per network", () => {
    expect(write(configOf({ preset: "seed" }))).toMatch(/^lr = 3e-4$/m);
    const quick = write(configOf({ preset: "quick" }));
    expect(quick).toMatch(/^lr_gen = 8e-3\nlr_disc = 5e-3\nbetas = \(0.0, 0.99\)$/m);
  });

  it("is named after the preset", () => {
    expect(scriptName({ preset: "wgan-gp" })).toBe("ganvas_wgan_gp.py");
  });
});

describe("highlighting", () => {
  it("keeps the script's text, line by line", () => {
    for (const config of allConfigs()) {
      const script = write(config);
      const lines = tokenize(script).map((tokens) => tokens.map(({ text }) => text).join(""));
      expect(lines.join("\n")).toBe(script);
    }
  });

  it("separates kinds of tokens, and real from generated variables", () => {
    const line = 'for lossD_real in fake_labels("a # b", 2e-4, layer_2): # real';
    const [tokens = []] = tokenize(line);
    const highlighted = tokens.filter(({ kind }) => kind !== "plain");
    expect(highlighted.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "keyword for",
      "real lossD_real",
      "keyword in",
      "generated fake_labels",
      'literal "a # b"',
      "literal 2e-4",
      "comment # real",
    ]);
    expect(tokenize('"""of\ntwo\n"""').map(([token]) => token?.kind)).toEqual(
      Array(3).fill("comment"),
    );
  });

  it("marks the lines that the preset's script lacks, and no others", () => {
    const before = ["a", "b", "", "c", "d", "", "e"];
    expect(newLines(before, before)).toEqual(Array(7).fill(false));
    const after = ["b", "", "x", "d", "", "y", "e", "e"];
    expect(newLines(after, before).flatMap((is, at) => (is ? [at] : []))).toEqual([2, 5, 7]);
    expect(newLines(["a"], [])).toEqual([true]);
    const config = configOf({ preset: "seed", batch_size: 8 });
    const changed = write(config).split("\n");
    const preset = write(configOf({ preset: "seed" }), "", config);
    const isNew = newLines(changed, preset.split("\n"));
    expect(changed.filter((_, at) => isNew[at])).toEqual(["batch_size = 8"]);
  });
});
