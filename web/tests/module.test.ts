// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The compiled core in Node through loadGanvas: training, determinism, checkpoints, and errors.

import { beforeAll, describe, expect, it } from "vitest";
import { type Ganvas, loadGanvas } from "../engine/loader";
import { type Digits, loadMnist } from "../engine/mnist";
import type { Session } from "../engine/session";
import type { LoadProgress } from "../engine/types";
import { codeOf } from "./error_codes";
import { MODULES_URL, mnistFiles } from "./real_assets";

const EXAMPLES = 1000;

let ganvas: Ganvas;
let digits: Digits;
const progress: LoadProgress[] = [];

beforeAll(async () => {
  digits = await loadMnist(mnistFiles(EXAMPLES));
  ganvas = await loadGanvas({
    tier: "simd",
    threads: 1,
    onProgress: (seen) => progress.push(seen),
  });
});

function newSession(seed: number): Session {
  const session = ganvas.createSession({ preset: "seed", seed, examples: EXAMPLES });
  session.setData(digits.images, digits.labels);
  return session;
}

function trained(steps: number, seed = 1): { session: Session; history: number[] } {
  const session = newSession(seed);
  return { session, history: [...session.train(steps).history] };
}

describe("loadGanvas in Node", () => {
  it("loads the requested tier and reports it", () => {
    expect(ganvas.info).toMatchObject({ tier: "simd", build: "simd", threads: 1, fma: false });
    expect(ganvas.info.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("reports progress up to the whole file", () => {
    const last = progress.at(-1);
    expect(last?.loaded).toBeGreaterThan(10_000);
    expect(last?.loaded).toBe(last?.total);
  });

  it("chooses a tier automatically", async () => {
    const { info } = await loadGanvas({ baseUrl: MODULES_URL });
    expect(["relaxed", "simd"]).toContain(info.tier);
    expect(info.threads).toBeGreaterThanOrEqual(1);
  });

  it("gives the same bits on two threads as on one", async () => {
    const threaded = await loadGanvas({ tier: "simd", threads: 2 });
    expect(threaded.info.build).toBe("simd-mt");
    const session = threaded.createSession({ preset: "seed", seed: 1, examples: EXAMPLES });
    session.setData(digits.images, digits.labels);
    expect([...session.train(20).history]).toEqual(trained(20).history);
    session.dispose();
  });

  it("names the missing file", async () => {
    const nowhere = loadGanvas({ tier: "simd", threads: 1, baseUrl: `${MODULES_URL}nowhere/` });
    await expect(nowhere).rejects.toMatchObject({
      code: "fetch_failed",
      message: expect.stringContaining("nowhere/ganvas-simd"),
    });
  });
});

describe("training", () => {
  it("reports every step, with losses and probabilities in range", () => {
    const session = newSession(1);
    const metrics = session.train(50);
    // 1000 digits are 31 batches of 32 and one of 8; then the next epoch begins.
    const imagesSeen = 1000 + (50 - 32) * 32;
    expect(metrics).toMatchObject({ step: 50, epoch: 1, imagesSeen });
    expect(metrics.history.length).toBe(200);
    expect([...metrics.history].every(Number.isFinite)).toBe(true);
    const last = [...metrics.history.subarray(196)];
    expect(last).toEqual(
      [metrics.lossD, metrics.lossG, metrics.dReal, metrics.dFake].map(Math.fround),
    );
    for (let row = 0; row < 50; row += 1) {
      const [lossD, lossG, dReal, dFake] = metrics.history.subarray(row * 4, row * 4 + 4);
      expect(lossD).toBeGreaterThan(0);
      expect(lossG).toBeGreaterThan(0);
      expect(Math.min(dReal ?? -1, dFake ?? -1)).toBeGreaterThanOrEqual(0);
      expect(Math.max(dReal ?? 2, dFake ?? 2)).toBeLessThanOrEqual(1);
    }
    expect(session.state()).toEqual({
      step: 50,
      epoch: 1,
      imagesSeen,
      hasData: true,
      canTrain: true,
      // G: 64 -> 256 -> 784, D: 784 -> 128 -> 1; D gets 2 x 32 images and needs no gradient of its
      // input.
      flopsPerStep:
        32 * 2 * (3 * (64 * 256 + 256 * 784) - 64 * 256 + 8 * (784 * 128 + 128) - 2 * 784 * 128),
      nextHalf: "discriminator",
      inStep: false,
    });
    session.dispose();
  });

  it("is the same for the same seed, and different for another", () => {
    const first = trained(100).history;
    expect(trained(100).history).toEqual(first);
    expect(trained(100, 2).history).not.toEqual(first);
  });

  it("gives the same bits however steps are grouped, with or without sampling", () => {
    const session = newSession(1);
    const portions = [1, 9, 40, 50].flatMap((steps) => {
      session.sample({ count: 3, seed: 9 });
      return [...session.train(steps).history];
    });
    expect(portions).toEqual(trained(100).history);
  });

  it("changes the samples", () => {
    const session = newSession(1);
    const before = session.sample({ count: 4, seed: 7 });
    expect(before.length).toBe(4 * 784);
    expect([...before].every((value) => value >= -1 && value <= 1)).toBe(true);
    expect(session.sample({ count: 4, seed: 7 })).toEqual(before);
    expect(session.sample({ count: 4, seed: 8 })).not.toEqual(before);
    session.train(10);
    expect(session.sample({ count: 4, seed: 7 })).not.toEqual(before);
  });

  it("accepts hyper-parameters that differ from the preset's", () => {
    const slow = ganvas.createSession({
      preset: "seed",
      batch_size: 16,
      generator: { optimizer: { lr: 1e-5 } },
    });
    expect(slow.config()).toMatchObject({ preset: "seed", seed: 1, batch_size: 16 });
    expect(slow.config().generator.optimizer).toMatchObject({ lr: 1e-5, beta1: 0.9 });
    expect(slow.config().discriminator.optimizer.lr).toBe(3e-4);
  });
});

describe("half steps", () => {
  it("update D, then G, and add up to the whole step", () => {
    const session = newSession(1);
    expect(session.state()).toMatchObject({ nextHalf: "discriminator", inStep: false });
    const d = session.advanceHalf();
    expect(d).toMatchObject({ half: "discriminator", step: 1, lossG: null });
    expect(session.state()).toMatchObject({ step: 0, nextHalf: "generator", inStep: true });
    session.sample({ count: 5, seed: 1 });
    expect(session.inspect()).toMatchObject({ lossD: d.lossD, lossG: null });
    const g = session.advanceHalf();
    expect(g).toMatchObject({ half: "generator", step: 1, lossD: d.lossD, dReal: d.dReal });
    const [lossD, lossG, dReal, dFake] = trained(1).history;
    expect([g.lossD, g.lossG, g.dReal, g.dFake].map((x) => Math.fround(x ?? Number.NaN))).toEqual([
      lossD,
      lossG,
      dReal,
      dFake,
    ]);
    expect(Buffer.compare(session.save(), trained(1).session.save())).toBe(0);
  });

  it("are completed by train and by save", () => {
    const session = newSession(1);
    session.advanceHalf();
    expect(session.train(2).step).toBe(2);
    session.advanceHalf();
    const bytes = session.save();
    expect(session.state()).toMatchObject({ step: 3, inStep: false });
    expect(Buffer.compare(bytes, trained(3).session.save())).toBe(0);
  });

  it("start with G if the preset says so", () => {
    const session = ganvas.createSession({ preset: "mlp", examples: EXAMPLES });
    expect(codeOf(() => session.advanceHalf())).toBe("no_data");
    session.setData(digits.images, digits.labels);
    expect(session.advanceHalf()).toMatchObject({ half: "generator", lossD: null, dFake: null });
    expect(session.inspect().flow).toMatchObject({ dReal: null, dFake: null });
    session.dispose();
  });
});

describe("inspect", () => {
  const mean = (values: Float32Array | null): number =>
    [...(values ?? [])].reduce((sum, value) => sum + value, 0) / (values?.length ?? 0);

  it("returns the batch and D's scores", () => {
    const session = newSession(1);
    expect(session.inspect().flow).toMatchObject({ samples: 0, dReal: null, dFake: null });
    const before = session.sample({ count: 1, seed: 1 });
    const metrics = session.train(1);
    const { flow, lossD, lossG } = session.inspect({ samples: 99 });
    expect([lossD, lossG]).toEqual([metrics.lossD, metrics.lossG]);
    expect(flow.samples).toBe(32);
    expect(flow.noise.length).toBe(32 * 64);
    expect(flow.fake.length).toBe(32 * before.length);
    expect(mean(flow.dReal)).toBeCloseTo(metrics.dReal, 6);
    expect(mean(flow.dFake)).toBeCloseTo(metrics.dFake, 6);
    expect(mean(flow.dFakeOfG)).toBeGreaterThan(0);
    // Real samples are digits of the data, with their labels.
    for (let sample = 0; sample < flow.samples; sample += 1) {
      const bytes = flow.real
        .subarray(sample * 784, sample * 784 + 784)
        .map((v) => (v + 1) * 127.5);
      const index = Array.from({ length: EXAMPLES }, (_, at) => at).findIndex((at) =>
        bytes.every((value, pixel) => Math.round(value) === digits.images[at * 784 + pixel]),
      );
      expect(digits.labels[index]).toBe(flow.realLabels[sample]);
    }
    expect(session.inspect().flow.fake).toEqual(flow.fake.slice(0, 16 * 784));
    expect(codeOf(() => session.inspect({ samples: 2 ** 32 }))).toBe("invalid_argument");
    session.dispose();
  });

  it("lists every layer with its shape, parameters and norms", () => {
    const session = ganvas.createSession({ preset: "quick", examples: EXAMPLES });
    session.setData(digits.images, digits.labels);
    session.train(1);
    const { generator, discriminator } = session.inspect();
    expect(generator.map(({ type }) => type)).toEqual(
      session.config().generator.layers.map(({ type }) => type),
    );
    const first = discriminator[0];
    expect(first).toMatchObject({
      name: "discriminator.0",
      type: "conv2d",
      shape: [12, 14, 14],
      parameters: 12 * 25 + 12,
    });
    expect(discriminator.at(-1)).toMatchObject({ type: "sigmoid", shape: [1], parameters: 0 });
    expect(discriminator.at(-1)).toMatchObject({ norm: null, gradientNorm: null, tensors: [] });
    expect(first?.tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["discriminator.0.weight", [12, 1, 5, 5]],
      ["discriminator.0.bias", [12]],
    ]);
    for (const kind of ["values", "gradient"] as const) {
      const all = ["weight", "bias"].flatMap((part) => [
        ...session.tensor(`discriminator.0.${part}`, kind),
      ]);
      const norm = kind === "values" ? first?.norm : first?.gradientNorm;
      expect(norm).toBeGreaterThan(0);
      expect(norm).toBeCloseTo(Math.hypot(...all), 6);
    }
    expect(codeOf(() => session.tensor("discriminator.0.wait"))).toBe("not_found");
    session.dispose();
  });

  it("returns any layer's activations; the last ones are D's outputs", () => {
    const session = newSession(1);
    expect(session.activations({ layer: "generator.0" }).length).toBe(0);
    session.advanceHalf();
    const { flow, discriminator } = session.inspect({ samples: 5 });
    expect(session.activations({ layer: "generator.3", samples: 5 })).toEqual(flow.fake);
    // The same samples before and after D's update.
    const after = session.activations({ layer: "discriminator.3", of: "real", samples: 5 });
    expect(after.length).toBe(5);
    expect([...after].every((p) => p > 0 && p < 1)).toBe(true);
    expect(after).not.toEqual(flow.dReal);
    const logits = session.activations({ layer: "discriminator.2", of: "real", samples: 5 });
    expect(after[0]).toBeCloseTo(1 / (1 + Math.exp(-(logits[0] ?? 0))), 6);
    for (const { name, shape } of discriminator) {
      const features = shape.reduce((a, b) => a * b, 1);
      expect(session.activations({ layer: name, samples: 5 }).length).toBe(5 * features);
    }
    session.advanceHalf();
    const byG = session.inspect({ samples: 5 }).flow.dFakeOfG;
    expect(session.activations({ layer: "discriminator.3", samples: 5 })).toEqual(byG);
    for (const layer of [
      "generator.4",
      "discriminator.4",
      "encoder.0",
      "generator",
      "generator.-1",
    ])
      expect(codeOf(() => session.activations({ layer }))).toBe("invalid_argument");
    expect(codeOf(() => session.inspect({ samples: 0 }))).toBe("invalid_argument");
    session.dispose();
  });

  it("does not change the run", () => {
    const session = newSession(1);
    for (let step = 0; step < 10; step += 1) {
      session.advanceHalf();
      session.inspect();
      session.activations({ layer: "generator.0" });
      session.train(1);
      session.activations({ layer: "discriminator.0" });
    }
    expect(Buffer.compare(session.save(), trained(10).session.save())).toBe(0);
  });
});

describe("adjust", () => {
  it("changes rates and noise immediately, and checkpoints keep them", () => {
    const changes = {
      label_smoothing: 0.1,
      instance_noise: 0.05,
      generator: { optimizer: { lr: 1e-3 } },
    };
    const adjusted = newSession(1);
    adjusted.adjust(changes);
    const built = ganvas.createSession({ preset: "seed", seed: 1, examples: EXAMPLES, ...changes });
    built.setData(digits.images, digits.labels);
    expect(adjusted.train(20).history).toEqual(built.train(20).history);
    const resumed = newSession(2);
    resumed.load(adjusted.save());
    expect(resumed.config()).toMatchObject(changes);
    expect(resumed.config().discriminator.optimizer.lr).toBe(3e-4);
  });

  it("rejects out-of-range or fixed settings by name, and changes nothing", () => {
    const session = newSession(1);
    const before = session.config();
    const wrong = { label_smoothing: 0.2, instance_noise: -1 };
    expect(() => session.adjust(wrong)).toThrow(/instance_noise/);
    expect(codeOf(() => session.adjust(wrong))).toBe("invalid_config");
    const updates = { discriminator: { updates: 5 } } as unknown as Parameters<
      Session["adjust"]
    >[0];
    expect(() => session.adjust(updates)).toThrow(/discriminator\.updates cannot change/);
    expect(session.config()).toEqual(before);
  });
});

describe("a checkpoint", () => {
  it("continues exactly where it was saved", () => {
    const { session, history } = trained(60);
    const bytes = session.save();
    const onward = [...session.train(40).history];
    expect([...history, ...onward]).toEqual(trained(100).history);

    const resumed = newSession(99);
    resumed.load(bytes);
    expect(resumed.state()).toMatchObject({ step: 60, canTrain: true });
    expect(resumed.config().seed).toBe(1);
    expect([...resumed.train(40).history]).toEqual(onward);
    expect(Buffer.compare(resumed.save(), session.save())).toBe(0);
  });

  it("of invalid bytes is rejected, and the session stays unchanged", () => {
    const { session } = trained(10);
    const good = session.save();
    expect(codeOf(() => session.load(new Uint8Array([1, 2, 3])))).toBe("bad_magic");
    expect(codeOf(() => session.load(good.subarray(0, good.length - 10)))).toBe("truncated");
    const text = new TextEncoder().encode("This is no checkpoint at all, only a text.");
    expect(codeOf(() => session.load(text))).toBe("bad_magic");
    expect(Buffer.compare(session.save(), good)).toBe(0);
  });
});

describe("a session", () => {
  it("rejects training without data", () => {
    const session = ganvas.createSession({ preset: "seed" });
    expect(codeOf(() => session.train(1))).toBe("no_data");
  });

  it("rejects data of the wrong size with an explanation", () => {
    const session = ganvas.createSession({ preset: "seed" });
    expect(codeOf(() => session.setData(new Uint8Array(783), new Uint8Array(1)))).toBe(
      "shape_mismatch",
    );
  });

  it("rejects points whose array has moved elsewhere", () => {
    const session = ganvas.createSession({ preset: "toy2d" });
    const points = new Float32Array(8);
    structuredClone(points, { transfer: [points.buffer] });
    expect(codeOf(() => session.setPoints(points))).toBe("shape_mismatch");
  });

  it.each([0, -1])("rejects %i steps and samples", (count) => {
    const session = newSession(1);
    expect(codeOf(() => session.train(count))).toBe("invalid_argument");
    expect(codeOf(() => session.sample({ count, seed: 1 }))).toBe("invalid_argument");
  });

  it("rejects an unknown configuration key by name", () => {
    const wrong = { preset: "seed", speed: 3 } as unknown as { preset: "seed" };
    expect(() => ganvas.createSession(wrong)).toThrow(/speed/);
    expect(codeOf(() => ganvas.createSession(wrong))).toBe("invalid_config");
  });

  it("rejects every call after dispose", () => {
    const session = newSession(1);
    session.dispose();
    session.dispose();
    expect(codeOf(() => session.train(1))).toBe("disposed");
    expect(codeOf(() => session.sample({ count: 1, seed: 1 }))).toBe("disposed");
  });
});
