// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PyTorch scripts: their text, and, run by tests/golden/pytorch_script.py under PyTorch, that they
// compute the same as the golden runs and the core.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withChanges } from "../config/hyper_parameters";
import { parsePoints, printPoints } from "../config/point_text";
import { type Ganvas, loadGanvas } from "../engine/loader";
import { type Digits, loadMnist } from "../engine/mnist";
import {
  type Config,
  type LayerConfig,
  type NetworkConfig,
  POINT_DISTRIBUTIONS,
  PRESETS,
  type Preset,
  type SessionConfig,
} from "../engine/types";
import { withShapes } from "../pytorch_script/networks";
import { scriptName, writeScript } from "../pytorch_script/script";
import { newLines } from "../ui/script/line_differences";
import { tokenize } from "../ui/script/python_tokens";
import { blotted } from "../ui/state/point_data";
import { mnistFiles, PUBLIC_URL, readMetadata } from "./real_assets";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const GOLDEN = [
  "seed_batch33_fast",
  ...[
    "mlp",
    "dcgan",
    "quick",
    "cgan",
    "acgan",
    "lsgan",
    "wgan_gp",
    "hinge",
    "toy2d",
    "options",
    "attached",
  ].map((name) => `family_${name}`),
];

/** Settings that no preset has, by their names in links. */
const VARIATIONS: Readonly<Record<string, readonly [Preset, Readonly<Record<string, string>>]>> = {
  minimax: ["seed", { objective: "minimax" }],
  attached: ["seed", { detach: "false" }],
  wgan_clipped: [
    "wgan-gp",
    { gradient_penalty: "0", weight_clip: "0.01", "d.optimizer": "rmsprop", "d.lr": "0.00005" },
  ],
  r1_told_classes: [
    "quick",
    { r1: "0.5", "d.layers": "flatten,linear:32,leaky_relu,class_projection,sigmoid" },
  ],
  penalty_and_classifier: [
    "acgan",
    {
      objective: "hinge",
      gradient_penalty: "1",
      r1: "0.1",
      "d.layers": "flatten,linear:32,relu,linear:11",
    },
  ],
  noise: ["seed", { label_smoothing: "0.1", instance_noise: "0.2" }],
  many_updates: ["seed", { "d.updates": "3", "g.updates": "2" }],
  many_updates_g_first: [
    "quick",
    { first_update: "generator", "d.updates": "2", "g.updates": "3" },
  ],
  falling_rates: [
    "seed",
    {
      "g.optimizer": "sgd",
      "g.momentum": "0.9",
      "g.lr_decay_steps": "2",
      "d.lr_decay_steps": "5",
      "d.weight_decay": "0.001",
    },
  ],
  dropout_and_pooling: [
    "dcgan",
    {
      "d.layers":
        "conv2d:8:3:1:1,max_pool2d,dropout2d:0.2,flatten,dropout,batch_norm:0.001:0.2,linear:1,sigmoid",
    },
  ],
  other_shapes: [
    "dcgan",
    {
      "g.layers": "linear:784,tanh",
      "d.layers": "conv2d:4:4:2:1,reshape:1:28:28,conv2d:1:28,sigmoid",
    },
  ],
  classes_in_the_midst: [
    "cgan",
    {
      "g.layers": "linear:20,class_concat:3,relu,class_concat,linear:784,tanh",
      "d.layers": "linear:20,relu,class_concat,class_projection,leaky_relu,linear:1",
    },
  ],
  single_last_sample: ["mlp", { batch_size: "27" }],
};

/** Thirty points along a curve. */
const DRAWN = printPoints(
  Float32Array.from({ length: 60 }, (_, index) =>
    index % 2 === 0 ? index / 40 - 0.75 : Math.sin(index / 8) / 2,
  ),
);

type Job = Readonly<{ name: string; kind: string; script: string; with: object }>;

let ganvas: Ganvas;
let digits: Digits;
let folder: string;
let verdicts: Readonly<Record<string, string | null>>;

function sessionOf([preset, changes]: readonly [Preset, Readonly<Record<string, string>>]) {
  return ganvas.createSession(withChanges({ preset, seed: 5, examples: 1000 }, changes));
}

function write(config: Config, drawn?: string): string {
  return writeScript(withShapes(config, ganvas.checkConfig(config)), drawn);
}

function configOf(wanted: SessionConfig): Config {
  const session = ganvas.createSession(wanted);
  const config = session.config();
  session.dispose();
  return config;
}

/** Jobs for pytorch_script.py; the scripts are written next to them. */
async function writeJobs(): Promise<Job[]> {
  const jobs: Job[] = [];
  const add = async (
    name: string,
    kind: string,
    config: Config,
    options: object,
    drawn?: string,
  ) => {
    const script = name.replaceAll(/\W+/g, "_");
    await writeFile(join(folder, `${script}.py`), write(config, drawn));
    jobs.push({ name, kind, script, with: options });
  };
  for (const preset of PRESETS) {
    const config = configOf({ preset, examples: 1000 });
    const options = config.data === "images" ? { folder: "few" } : {};
    await add(`run ${preset}`, "run", config, options);
  }
  await add("run as a command", "run", configOf({ preset: "seed" }), {
    folder: "mnist",
    as_command: true,
  });
  for (const [name, variation] of Object.entries(VARIATIONS)) {
    const session = sessionOf(variation);
    await add(`run ${name}`, "run", session.config(), { folder: "few" });
    session.dispose();
  }
  await add("first weights", "first_weights", configOf({ preset: "acgan" }), {});
  const some = { folder: "few", count: 500, shape: [1, 28, 28], labelled: true };
  await add("some digits", "digits", configOf({ preset: "quick", examples: 500 }), some);
  const all = { folder: "few", count: 1000, shape: [784], labelled: false };
  await add("all digits", "digits", configOf({ preset: "seed", examples: 60_000 }), all);
  for (const data of POINT_DISTRIBUTIONS) {
    const core = [...ganvas.drawPoints(data, { count: 20_000, seed: 3 })];
    await add(`points ${data}`, "points", configOf({ preset: "toy2d", data }), { core });
  }
  const core = [...blotted(parsePoints(DRAWN) ?? new Float32Array(), 20_000, 3)];
  await add(
    "points drawn",
    "points",
    configOf({ preset: "toy2d", data: "drawn" }),
    { core },
    DRAWN,
  );
  for (const name of GOLDEN) {
    const golden = `${name}.safetensors`;
    await add(`golden ${name}`, "golden", await goldenConfig(golden), { golden });
  }
  for (const name of PRESETS) {
    const layers = withoutDropout(configOf({ preset: name }));
    await addCore(name, ganvas.createSession({ preset: name, examples: 1000, ...layers }));
  }
  for (const name of ["minimax", "r1_told_classes", "falling_rates"]) {
    await addCore(name, sessionOf(VARIATIONS[name] ?? ["seed", {}]));
  }
  return jobs;

  /** Three steps of the core, with the batches and noise it drew. */
  async function addCore(name: string, session: ReturnType<typeof sessionOf>): Promise<void> {
    const config = session.config();
    if (config.data === "images") session.setData(digits.images, digits.labels);
    else session.setPoints(ganvas.drawPoints(config.data, { count: 1000, seed: 5 }));
    const checkpoint = join(folder, `${name}.safetensors`);
    await writeFile(checkpoint, session.save());
    const steps = [1, 2, 3].map(() => {
      const { lossD, lossG } = session.train(1);
      const { flow } = session.inspect({ samples: config.batch_size });
      const { real, noise, realLabels, fakeLabels } = flow;
      const numbers = { real, noise, realLabels, fakeLabels };
      const lists = Object.entries(numbers).map(([key, values]) => [key, [...values]]);
      return { lossD, lossG, ...Object.fromEntries(lists) };
    });
    session.dispose();
    await add(`core ${name}`, "core", config, { config, checkpoint, steps });
  }
}

/**
 * Leaves out what the core does not expose: dropout masks, and the noise of penalties and of
 * further updates in a step.
 */
function withoutDropout({ generator, discriminator }: Config): Partial<SessionConfig> {
  const kept = (layers: Config["generator"]["layers"]) =>
    layers.filter(({ type }) => type !== "dropout" && type !== "dropout2d");
  return {
    batch_size: 8,
    gradient_penalty: 0,
    generator: { layers: kept(generator.layers) },
    discriminator: { layers: kept(discriminator.layers), updates: 1 },
  };
}

/** Config fields that golden configs leave out. */
const NO_DECAY: object = { weight_decay: 0, lr_decay_steps: 0 };

async function goldenConfig(name: string): Promise<Config> {
  const { config = "{}" } = await readMetadata(name);
  const read = JSON.parse(config) as Config;
  const whole = (network: NetworkConfig): NetworkConfig => ({
    ...network,
    optimizer: { ...NO_DECAY, ...network.optimizer },
  });
  return { ...read, generator: whole(read.generator), discriminator: whole(read.discriminator) };
}

beforeAll(async () => {
  ganvas = await loadGanvas({ baseUrl: PUBLIC_URL, threads: 1, tier: "simd" });
  digits = await loadMnist(mnistFiles(1000));
  folder = await mkdtemp(join(tmpdir(), "ganvas-as-code-"));
  await writeFile(join(folder, "jobs.json"), JSON.stringify(await writeJobs()));
  const command = ["python3", "-B", join(REPOSITORY, "tests/golden/pytorch_script.py"), folder];
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  await promisify(execFile)(join(REPOSITORY, "toolchain/run"), command, { env });
  verdicts = JSON.parse(await readFile(join(folder, "verdicts.json"), "utf8"));
}, 600_000);

afterAll(() => rm(folder, { recursive: true }));

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
  ["gzip", ({ data }) => data === "images"],
  ["nn.Dropout(", (config) => hasLayer(config, ({ type }) => type === "dropout")],
  ["drop_last", ({ batch_size }) => batch_size === 27],
];

function isConcat(layer: LayerConfig): layer is Extract<LayerConfig, { type: "class_concat" }> {
  return layer.type === "class_concat";
}

function hasLayer(config: Config, is: (layer: LayerConfig) => boolean): boolean {
  return [...config.generator.layers, ...config.discriminator.layers].some(is);
}

function allConfigs(): Config[] {
  const variations = Object.values(VARIATIONS).map((variation) => {
    const session = sessionOf(variation);
    const config = session.config();
    session.dispose();
    return config;
  });
  return [...PRESETS.map((preset) => configOf({ preset })), ...variations];
}

describe("a script", () => {
  it.each(PARTS)("has %s if and only if the config needs it", (part, wanted) => {
    const configs = allConfigs();
    const has = configs.map((config) => write(config).includes(part));
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
    expect(quick).toMatch(/^lr_gen = 5e-3\nlr_disc = 3e-3\nbetas = \(0.0, 0.99\)$/m);
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
    const changed = write(configOf({ preset: "seed", batch_size: 8 })).split("\n");
    const isNew = newLines(changed, write(configOf({ preset: "seed" })).split("\n"));
    expect(changed.filter((_, at) => isNew[at])).toEqual(["batch_size = 8"]);
  });
});

describe("under PyTorch", () => {
  it.each([...PRESETS, ...Object.keys(VARIATIONS), "as a command"])("%s runs", (name) => {
    expect(verdicts[`run ${name}`]).toBeNull();
  });

  it.each(GOLDEN)("ten steps of %s end like the golden run", (name) => {
    expect(verdicts[`golden ${name}`]).toBeNull();
  });

  it.each([...PRESETS, "minimax", "r1_told_classes", "falling_rates"])(
    "the core's weights, batches and noise give the core's losses: %s",
    (name) => {
      expect(verdicts[`core ${name}`]).toBeNull();
    },
  );

  it.each([...POINT_DISTRIBUTIONS, "drawn"])(
    "the points of %s lie where the core's lie",
    (name) => {
      expect(verdicts[`points ${name}`]).toBeNull();
    },
  );

  it("it trains on MNIST's first digits, or on all", () => {
    expect(verdicts["some digits"]).toBeNull();
    expect(verdicts["all digits"]).toBeNull();
  });

  it("the initial weights of acgan are DCGAN's", () => {
    expect(verdicts["first weights"]).toBeNull();
  });
});
