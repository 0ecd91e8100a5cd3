// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PyTorch scripts, run by tests/golden/pytorch_script.py under PyTorch: they compute the same as the
// golden runs and the core.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePoints, printPoints } from "../config/point_text";
import { type Digits, loadMnist } from "../engine/mnist";
import type { Session } from "../engine/session";
import {
  type Config,
  POINT_DISTRIBUTIONS,
  PRESETS,
  type Preset,
  type SessionConfig,
} from "../engine/types";
import { blotted } from "../ui/state/point_data";
import { mnistFiles, readMetadata } from "./real_assets";
import {
  configOf,
  configOfVariation,
  forDigits,
  ganvas,
  OWN_PICTURES,
  sessionOf,
  VARIATIONS,
  write,
} from "./script_configs";

/**
 * With the code that PyTorch and OpenBLAS have for every processor. On an EPYC with AVX-512 VP2INTERSECT, what PyTorch 2.6
 * picks by itself ends some runs in NaN.
 */
const PLAIN_PYTORCH = {
  OMP_NUM_THREADS: "1",
  ATEN_CPU_CAPABILITY: "default",
  ONEDNN_MAX_CPU_ISA: "SSE41",
  OPENBLAS_CORETYPE: "Nehalem",
};
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const GOLDEN = [
  "seed_batch33_fast",
  ...[
    "mlp",
    "dcgan",
    "quick",
    "fine",
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

/** Variations whose losses are compared with the core's. */
const CORE_VARIATIONS = ["minimax", "r1_with_classes", "falling_rates"];

/** Thirty points along a curve. */
const DRAWN = printPoints(
  Float32Array.from({ length: 60 }, (_, index) =>
    index % 2 === 0 ? index / 40 - 0.75 : Math.sin(index / 8) / 2,
  ),
);

const DRAWN_SAMPLES = { count: 12, seed: 4 };

type Job = Readonly<{ name: string; kind: string; script: string; with: object }>;

let digits: Digits;
let folder: string;
let verdicts: Readonly<Record<string, string | null>>;

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
    const config = configOf({ ...forDigits(preset), examples: 1000 });
    const options = config.data === "images" ? { folder: "few" } : {};
    await add(`run ${preset}`, "run", config, options);
  }
  await add("run as a command", "run", configOf({ preset: "seed" }), {
    folder: "mnist",
    as_command: true,
  });
  for (const [name, variation] of Object.entries(VARIATIONS)) {
    await add(`run ${name}`, "run", configOfVariation(variation), { folder: "few" });
  }
  await add("first weights", "first_weights", configOf({ preset: "acgan" }), {});
  const some = { folder: "few", count: 500, shape: [1, 28, 28], labelled: true };
  await add("some digits", "digits", configOf({ preset: "quick", examples: 500 }), some);
  const all = { folder: "few", count: 1000, shape: [784], labelled: false };
  await add("all digits", "digits", configOf({ preset: "seed", examples: 60_000 }), all);
  const own = configOf(OWN_PICTURES);
  await add("run own pictures", "run", own, { folder: "own" });
  await add("own pictures", "pictures", own, { folder: "own", count: 50 });
  const strengths = { augment_color: 0.5, augment_translation: 0.125, augment_cutout: 0.25 };
  const augmented = configOf({ ...OWN_PICTURES, ...strengths });
  await add("augmentation", "augmentation", augmented, { config: augmented });
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
    const layers = withoutDropout(configOf(forDigits(name)));
    // How far the core moved each picture is not among what `inspect` tells.
    const unmoved = { ...forDigits(name), augment_translation: 0 };
    await addCore(name, ganvas.createSession({ ...unmoved, examples: 1000, ...layers }));
  }
  for (const name of CORE_VARIATIONS) {
    await addCore(name, sessionOf(VARIATIONS[name] ?? ["seed", {}]));
  }
  for (const preset of PRESETS) await addGoesOn(preset);
  return jobs;

  /** A run of the core from which the script goes on; PyTorch writes images of its latents. */
  async function addGoesOn(preset: Preset): Promise<void> {
    const session = ganvas.createSession({ ...forDigits(preset), examples: 1000, batch_size: 8 });
    const config = session.config();
    setData(session);
    session.train(3);
    const checkpoint = join(folder, `goes_on_from_${preset}.safetensors`);
    await writeFile(checkpoint, session.save());
    const options = {
      checkpoint,
      latents: [...session.drawLatents(DRAWN_SAMPLES)],
      labels: Array.from({ length: DRAWN_SAMPLES.count }, (_, index) => index % 10),
      images: imagesOf(preset),
      ...(config.data === "images" ? { folder: "few" } : {}),
    };
    session.dispose();
    await add(`goes on ${preset}`, "goes_on", config, options);
  }

  /** Three steps of the core, with the batches and noise it drew. */
  async function addCore(name: string, session: ReturnType<typeof sessionOf>): Promise<void> {
    const config = session.config();
    setData(session);
    session.train(1); // optimisers start at 0, so a script could do without their state
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
    const after = join(folder, `${name}_after.safetensors`);
    await writeFile(after, session.save());
    session.dispose();
    await add(`core ${name}`, "core", config, { config, checkpoint, steps, after });
  }
}

function setData(session: Session): void {
  const { data } = session.config();
  if (data === "images") session.setData(digits.images, digits.labels);
  else session.setPoints(ganvas.drawPoints(data, { count: 1000, seed: 5 }));
}

/** Where PyTorch writes what a script's trained generator makes of the latents of DRAWN_SAMPLES. */
function imagesOf(preset: Preset): string {
  return join(folder, `images_of_${preset}.json`);
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

/** The core adds what files of older versions lack. */
async function goldenConfig(name: string): Promise<Config> {
  const { config = "{}" } = await readMetadata(name);
  return configOf(JSON.parse(config) as SessionConfig);
}

beforeAll(async () => {
  digits = await loadMnist(mnistFiles(1000));
  folder = await mkdtemp(join(tmpdir(), "ganvas-as-code-"));
  await writeFile(join(folder, "jobs.json"), JSON.stringify(await writeJobs()));
  const command = ["python3", "-B", join(REPOSITORY, "tests/golden/pytorch_script.py"), folder];
  const env = { ...process.env, ...PLAIN_PYTORCH };
  await promisify(execFile)(join(REPOSITORY, "toolchain/run"), command, { env });
  verdicts = JSON.parse(await readFile(join(folder, "verdicts.json"), "utf8"));
}, 600_000);

afterAll(() => rm(folder, { recursive: true }));

describe("under PyTorch", () => {
  it.each([...PRESETS, ...Object.keys(VARIATIONS), "as a command"])("%s runs", (name) => {
    expect(verdicts[`run ${name}`]).toBeNull();
  });

  it("pictures in colour are augmented as in the golden runs", () => {
    expect(verdicts["augmentation"]).toBeNull();
  });

  it.each(GOLDEN)("ten steps of %s end like the golden run", (name) => {
    expect(verdicts[`golden ${name}`]).toBeNull();
  });

  it.each([...PRESETS, ...CORE_VARIATIONS])(
    "from the core's checkpoint, its batches and noise give its losses and next checkpoint: %s",
    (name) => {
      expect(verdicts[`core ${name}`]).toBeNull();
    },
  );

  it.each(PRESETS)(
    "a script goes on from the core's checkpoint, and the core from the script's, with the same images: %s",
    async (preset) => {
      expect(verdicts[`goes on ${preset}`]).toBeNull();
      const theirs = JSON.parse(await readFile(imagesOf(preset), "utf8")) as number[];
      const session = ganvas.createSession({ ...forDigits(preset), examples: 1000, batch_size: 8 });
      setData(session);
      const name = `goes_on_${preset}`.replaceAll(/\W+/g, "_");
      session.load(new Uint8Array(await readFile(join(folder, `${name}.safetensors`))));
      expect(session.state().step).toBe(13);
      const ours = session.sample(DRAWN_SAMPLES);
      expect(ours.length).toBe(theirs.length);
      const differences = ours.map((value, index) => Math.abs(value - (theirs[index] ?? NaN)));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
      expect(session.train(1).step).toBe(14);
      session.dispose();
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

  it("it trains on the first pictures of a saved set, and draws in colour", () => {
    expect(verdicts["run own pictures"]).toBeNull();
    expect(verdicts["own pictures"]).toBeNull();
  });

  it("the initial weights of acgan are DCGAN's", () => {
    expect(verdicts["first weights"]).toBeNull();
  });
});
