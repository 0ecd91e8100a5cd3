// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Queries of a session with the compiled core in Node: walks, chosen latents, D's scores, layers
// and inversion, their errors, and that none of them changes a run.

import { beforeAll, describe, expect, it } from "vitest";
import { type Ganvas, loadGanvas } from "../engine/loader";
import { type Digits, loadMnist } from "../engine/mnist";
import type { Session } from "../engine/session";
import type { Preset } from "../engine/types";
import { codeOf } from "./error_codes";
import { ASSETS_URL, mnistFiles } from "./real_assets";

const EXAMPLES = 500;

let ganvas: Ganvas;
let digits: Digits;
let quick: Session;
let seed: Session;
/** Latent size of preset quick. */
let width: number;

beforeAll(async () => {
  digits = await loadMnist(mnistFiles(EXAMPLES));
  ganvas = await loadGanvas({ tier: "simd", threads: 1 });
  quick = trained("quick", 5);
  seed = trained("seed", 5);
  width = quick.config().latent_size;
}, 60_000);

function trained(preset: Preset, steps: number): Session {
  const session = ganvas.createSession({ preset, seed: 1, examples: EXAMPLES });
  session.setData(digits.images, digits.labels);
  if (steps > 0) session.train(steps);
  return session;
}

/** The first `count` digits as network inputs. */
function images(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(digits.images.subarray(0, count * 784), (pixel) => pixel / 127.5 - 1);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function norm(values: Float32Array): number {
  return Math.hypot(...values);
}

describe("latent walks", () => {
  it("follow a great circle from one latent to the other", () => {
    const latents = quick.drawLatents({ count: 2, seed: 4 });
    const [from, to] = [latents.slice(0, width), latents.slice(width)];
    const path = quick.latentPath({ from, to, points: 5 });
    expect(path.length).toBe(5 * width);
    expect(path.slice(0, width)).toEqual(from);
    expect(path.slice(4 * width)).toEqual(to);
    const expected = (norm(from) + norm(to)) / 2;
    expect(norm(path.slice(2 * width, 3 * width))).toBeCloseTo(expected, 4);
  });

  it("span a plane with the three latents at its corners", () => {
    const latents = quick.drawLatents({ count: 3, seed: 4 });
    const [origin, right, below] = [0, 1, 2].map((i) => latents.slice(i * width, (i + 1) * width));
    if (!origin || !right || !below) throw new Error("three latents");
    const plane = quick.latentPlane({ origin, right, below, rows: 3, columns: 4 });
    expect(plane.length).toBe(3 * 4 * width);
    expect(plane.slice(0, width)).toEqual(origin);
    expect(plane.slice(3 * width, 4 * width)).toEqual(right);
    expect(plane.slice(8 * width, 9 * width)).toEqual(below);
  });

  it("reject latents of another size, too few points, and values that are not finite", () => {
    const from = quick.drawLatents({ count: 1, seed: 1 });
    const to = from.slice(1);
    expect(codeOf(() => quick.latentPath({ from, to, points: 3 }))).toBe("shape_mismatch");
    expect(codeOf(() => quick.latentPath({ from: to, to, points: 3 }))).toBe("shape_mismatch");
    expect(codeOf(() => quick.latentPath({ from, to: from, points: 1 }))).toBe("invalid_argument");
    const nan = from.slice().fill(Number.NaN, 3, 4);
    expect(codeOf(() => quick.latentPath({ from, to: nan, points: 3 }))).toBe("non_finite");
    const corners = { origin: from, right: from, below: from };
    expect(codeOf(() => quick.latentPlane({ ...corners, rows: 1, columns: 3 }))).toBe(
      "invalid_argument",
    );
    expect(codeOf(() => quick.latentPlane({ ...corners, rows: 300, columns: 300 }))).toBe(
      "invalid_argument",
    );
    expect(codeOf(() => quick.drawLatents({ count: 0, seed: 1 }))).toBe("invalid_argument");
    expect(codeOf(() => quick.drawLatents({ count: 1, seed: -1 }))).toBe("invalid_argument");
  });
});

describe("samples of chosen latents", () => {
  it("equal those of sample() for the same latents", () => {
    for (const session of [quick, seed]) {
      const latents = session.drawLatents({ count: 20, seed: 9 });
      expect(session.generate({ latents })).toEqual(session.sample({ count: 20, seed: 9 }));
    }
  });

  it("change from one class to another", () => {
    const latents = quick.drawLatents({ count: 1, seed: 9 });
    const of = (label: number) => quick.generate({ latents, labels: Uint8Array.of(label) });
    const mixed = (share: number) => {
      const mix = { labels: Uint8Array.of(7), shares: Float32Array.of(share) };
      return quick.generate({ latents, labels: Uint8Array.of(2), mix });
    };
    expect(mixed(0)).toEqual(of(2));
    expect(mixed(1)).toEqual(of(7));
    expect(mixed(0.5)).not.toEqual(of(2));
    expect(mixed(0.5)).not.toEqual(of(7));
  });

  it("become equal as truncation goes to 0", () => {
    const latents = seed.drawLatents({ count: 2, seed: 9 });
    const half = seed.generate({ latents: latents.map((value) => value / 2) });
    expect(seed.generate({ latents, truncation: 0.5 })).toEqual(half);
    const typical = seed.generate({ latents, truncation: 0 });
    expect(typical.slice(0, 784)).toEqual(typical.slice(784));
  });

  it("reject wrong lengths, classes, shares and truncations", () => {
    const latents = quick.drawLatents({ count: 2, seed: 1 });
    const labels = Uint8Array.of(1, 2);
    const refusal = (options: object) => codeOf(() => quick.generate({ latents, ...options }));
    expect(refusal({ latents: latents.slice(1) })).toBe("shape_mismatch");
    expect(refusal({ latents: new Float32Array(0) })).toBe("shape_mismatch");
    expect(refusal({ latents: latents.map(() => Number.POSITIVE_INFINITY) })).toBe("non_finite");
    expect(refusal({ labels: Uint8Array.of(1) })).toBe("invalid_argument");
    expect(refusal({ labels: Uint8Array.of(1, 10) })).toBe("invalid_argument");
    expect(refusal({ truncation: 1.01 })).toBe("invalid_argument");
    expect(refusal({ truncation: Number.NaN })).toBe("invalid_argument");
    const shares = Float32Array.of(0.5, 0.5);
    expect(refusal({ mix: { labels, shares: shares.slice(1) } })).toBe("invalid_argument");
    expect(refusal({ mix: { labels, shares: Float32Array.of(0.5, 2) } })).toBe("invalid_argument");
    expect(refusal({ mix: { labels: Uint8Array.of(1, 11), shares } })).toBe("invalid_argument");
    expect(refusal({ mix: { labels, shares } })).toBe("none");
    const unconditional = seed.drawLatents({ count: 2, seed: 1 });
    expect(codeOf(() => seed.generate({ latents: unconditional, labels }))).toBe(
      "invalid_argument",
    );
  });
});

describe("D's score", () => {
  it("is a probability, higher for digits than for noise after training", () => {
    const learned = trained("seed", 150);
    const noise = Float32Array.from({ length: 64 * 784 }, (_, i) => Math.sin(i * i));
    const real = learned.score({ samples: images(64) });
    const fake = learned.score({ samples: noise });
    expect(real.length).toBe(64);
    expect([...real, ...fake].every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(mean(real)).toBeGreaterThan(mean(fake) + 0.2);
    learned.dispose();
  });

  it("changes as its saliency predicts", () => {
    const samples = images(3);
    const labels = digits.labels.slice(0, 3);
    const saliency = quick.saliency({ samples, labels });
    expect(saliency.length).toBe(3 * 784);
    const logit = (p: number | undefined) => Math.log((p ?? 0) / (1 - (p ?? 0)));
    const before = quick.score({ samples, labels });
    const step = 1e-2 / norm(saliency.subarray(0, 784));
    const moved = samples.map((value, i) => value + (i < 784 ? step * (saliency[i] ?? 0) : 0));
    const after = quick.score({ samples: moved, labels });
    const slope = norm(saliency.subarray(0, 784));
    expect((logit(after[0]) - logit(before[0])) / 1e-2 / slope).toBeCloseTo(1, 1);
    expect(after[1]).toBe(before[1]);
  });

  it("needs classes for a conditional D, and a D", async () => {
    const samples = images(2);
    expect(codeOf(() => quick.score({ samples }))).toBe("invalid_argument");
    expect(codeOf(() => quick.score({ samples, labels: Uint8Array.of(1, 10) }))).toBe(
      "invalid_argument",
    );
    expect(codeOf(() => quick.saliency({ samples: samples.slice(1) }))).toBe("shape_mismatch");
    expect(codeOf(() => seed.score({ samples: samples.map(() => Number.NaN) }))).toBe("non_finite");
    const generator = trained("seed", 0);
    const { readFile } = await import("node:fs/promises");
    generator.load(await readFile(new URL(`${ASSETS_URL}models/seed.safetensors`)));
    expect(generator.state().canTrain).toBe(false);
    expect(codeOf(() => generator.score({ samples }))).toBe("not_trainable");
    expect(codeOf(() => generator.saliency({ samples }))).toBe("not_trainable");
    const latents = generator.drawLatents({ count: 1, seed: 1 });
    expect(generator.generate({ latents }).length).toBe(784);
    const query = { network: "discriminator", input: images(1) } as const;
    expect(codeOf(() => generator.layerOutputs(query))).toBe("not_trainable");
    generator.dispose();
  });
});

describe("layer outputs", () => {
  it("of a latent end with the sample", () => {
    const input = quick.drawLatents({ count: 1, seed: 3 });
    const layers = quick.layerOutputs({ network: "generator", input, label: 5 });
    const config = quick.config().generator.layers;
    expect(layers.map(({ type }) => type)).toEqual(config.map(({ type }) => type));
    for (const { shape, values } of layers) {
      expect(values.length).toBe(shape.reduce((product, extent) => product * extent, 1));
    }
    expect(layers[2]).toMatchObject({ type: "reshape", shape: [expect.any(Number), 7, 7] });
    const sample = quick.generate({ latents: input, labels: Uint8Array.of(5) });
    expect(layers.at(-1)?.values).toEqual(sample);
  });

  it("of an image end with the logit", () => {
    const layers = quick.layerOutputs({
      network: "discriminator",
      input: images(1),
      label: digits.labels[0] ?? 0,
    });
    expect(layers.at(-1)).toMatchObject({ type: "class_projection", shape: [1] });
    const logit = layers.at(-1)?.values[0] ?? Number.NaN;
    const [score] = quick.score({ samples: images(1), labels: digits.labels.slice(0, 1) });
    expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(score ?? Number.NaN, 5);
  });

  it("are computed for one input at a time", () => {
    const input = quick.drawLatents({ count: 2, seed: 3 });
    expect(codeOf(() => quick.layerOutputs({ network: "generator", input }))).toBe(
      "shape_mismatch",
    );
  });

  it.each([263, 7.9, -249, 10])("reject label %d, which is no class", (label) => {
    const input = quick.drawLatents({ count: 1, seed: 3 });
    const asked = { network: "generator", input, label } as const;
    expect(codeOf(() => quick.layerOutputs(asked))).toBe("invalid_argument");
  });
});

describe("inversion", () => {
  it("finds a sample of the generator, step by step", () => {
    const latents = quick.drawLatents({ count: 1, seed: 5 });
    const target = quick.generate({ latents, labels: Uint8Array.of(3) });
    const inversion = quick.invert({ target, label: 3, steps: 60 });
    const start = inversion.run(0);
    expect(start).toMatchObject({ steps: 0, done: false, label: 3 });
    const errors = [20, 20, 20].map((steps) => inversion.run(steps).error);
    const end = inversion.run(1000);
    expect(end).toMatchObject({ steps: 60, done: true });
    expect(end.error).toBe(errors[2]);
    expect(end.error).toBeLessThan(0.3 * start.error);
    expect(quick.generate({ latents: end.latent, labels: Uint8Array.of(3) })).toEqual(end.sample);
    const again = quick.invert({ target, label: 3, starts: 1, from: latents });
    expect(again.run(0).error).toBe(0);
  });

  it("continues during training and ends when another begins", () => {
    const session = trained("quick", 1);
    const target = images(1);
    const first = session.invert({ target, steps: 10 });
    first.run(3);
    session.train(1);
    expect(first.run(3).steps).toBe(6);
    const second = session.invert({ target, steps: 10 });
    expect(codeOf(() => first.run(1))).toBe("aborted");
    expect(second.run(1).steps).toBe(1);
    session.dispose();
    expect(codeOf(() => second.run(1))).toBe("disposed");
  });

  it("rejects invalid options", () => {
    const target = images(1);
    const refusal = (options: object) => codeOf(() => quick.invert({ target, ...options }));
    expect(refusal({ target: target.slice(1) })).toBe("shape_mismatch");
    expect(refusal({ target: target.map(() => Number.NaN) })).toBe("non_finite");
    expect(refusal({ label: 10 })).toBe("invalid_argument");
    expect(refusal({ label: -1 })).toBe("invalid_argument");
    expect(refusal({ label: 7.9 })).toBe("invalid_argument");
    expect(refusal({ starts: 1000 })).toBe("invalid_argument");
    expect(refusal({ steps: 0 })).toBe("invalid_argument");
    expect(refusal({ seed: 0.5 })).toBe("invalid_argument");
    expect(refusal({ from: new Float32Array(width - 1) })).toBe("shape_mismatch");
    expect(codeOf(() => seed.invert({ target, label: 1 }))).toBe("invalid_argument");
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN, 2 ** 32, 0.5, -1])(
    "rejects %d steps instead of taking none",
    (steps) => {
      const inversion = quick.invert({ target: images(1), steps: 10 });
      expect(codeOf(() => inversion.run(steps))).toBe("invalid_argument");
    },
  );
});

describe("a run", () => {
  it.each(["quick", "seed"] as const)("of %s is not changed by queries", (preset) => {
    const queried = trained(preset, 0);
    const labels = preset === "quick" ? { labels: digits.labels.slice(0, 2) } : {};
    for (let step = 0; step < 3; step += 1) {
      const latents = queried.drawLatents({ count: 2, seed: 1 });
      queried.generate({ latents });
      queried.score({ samples: images(2), ...labels });
      queried.saliency({ samples: images(2), ...labels });
      queried.layerOutputs({ network: "generator", input: latents.slice(0, latents.length / 2) });
      queried.invert({ target: images(1), steps: 5 }).run(5);
      queried.train(1);
    }
    expect(Buffer.compare(queried.save(), trained(preset, 3).save())).toBe(0);
  });
});
