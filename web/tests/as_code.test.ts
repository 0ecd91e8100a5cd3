// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs as PyTorch scripts: what stands in them, and, by tests/golden/as_code.py under PyTorch itself,
// that they run, and that they compute what the golden runs and the core have.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ganvas, loadGanvas } from "../api/loader";
import { type Digits, loadMnist } from "../api/mnist";
import {
  type Config,
  type NetworkConfig,
  POINT_DISTRIBUTIONS,
  PRESETS,
  type Preset,
  type SessionConfig,
} from "../api/types";
import { writeScript } from "../ui/as_code/script";
import { withChanges } from "../ui/hyper_parameters";
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
  ].map((name) => `family_${name}`),
];

/** What presets have not, by the names that links give it. */
const VARIATIONS: Readonly<Record<string, readonly [Preset, Readonly<Record<string, string>>]>> = {
  minimax: ["seed", { objective: "minimax" }],
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

type Job = Readonly<{ name: string; kind: string; script: string; with: object }>;

let ganvas: Ganvas;
let digits: Digits;
let folder: string;
let verdicts: Readonly<Record<string, string | null>>;

function sessionOf([preset, changes]: readonly [Preset, Readonly<Record<string, string>>]) {
  return ganvas.createSession(withChanges({ preset, seed: 5, examples: 1000 }, changes));
}

function configOf(wanted: SessionConfig): Config {
  const session = ganvas.createSession(wanted);
  const config = session.config();
  session.dispose();
  return config;
}

/** The jobs of as_code.py; the scripts are written beside them. */
async function writeJobs(): Promise<Job[]> {
  const jobs: Job[] = [];
  const add = async (name: string, kind: string, config: Config, told: object) => {
    const script = name.replaceAll(/\W+/g, "_");
    await writeFile(join(folder, `${script}.py`), writeScript(config));
    jobs.push({ name, kind, script, with: told });
  };
  for (const preset of PRESETS) {
    const config = configOf({ preset, examples: 1000 });
    const told = config.data === "images" ? { data: "few" } : { arguments: [] };
    await add(`run ${preset}`, "run", config, told);
  }
  await add("run as a command", "run", configOf({ preset: "seed" }), { data: "mnist" });
  for (const [name, variation] of Object.entries(VARIATIONS)) {
    const session = sessionOf(variation);
    await add(`run ${name}`, "run", session.config(), { data: "few" });
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

  /** Three steps of the core, with what they drew. */
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

/** The core's dropout draws masks that nobody else sees; and its other noise, one step's alone. */
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

/** What golden configs leave out. */
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
  const command = ["python3", "-B", join(REPOSITORY, "tests/golden/as_code.py"), folder];
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  await promisify(execFile)(join(REPOSITORY, "toolchain/run"), command, { env });
  verdicts = JSON.parse(await readFile(join(folder, "verdicts.json"), "utf8"));
}, 180_000);

afterAll(() => rm(folder, { recursive: true }));

describe("under PyTorch", () => {
  it.each([...PRESETS, ...Object.keys(VARIATIONS), "as a command"])("%s runs", (name) => {
    expect(verdicts[`run ${name}`]).toBeNull();
  });

  it.each(GOLDEN)("ten steps of %s end where the golden run ends", (name) => {
    expect(verdicts[`golden ${name}`]).toBeNull();
  });

  it.each([...PRESETS, "minimax", "r1_told_classes", "falling_rates"])(
    "the core's weights, batches and noise give the core's losses: %s",
    (name) => {
      expect(verdicts[`core ${name}`]).toBeNull();
    },
  );

  it.each(POINT_DISTRIBUTIONS)("the points of %s lie where the core's lie", (name) => {
    expect(verdicts[`points ${name}`]).toBeNull();
  });

  it("it learns from MNIST's first digits, or from all", () => {
    expect(verdicts["some digits"]).toBeNull();
    expect(verdicts["all digits"]).toBeNull();
  });

  it("the first weights of acgan are DCGAN's", () => {
    expect(verdicts["first weights"]).toBeNull();
  });
});
