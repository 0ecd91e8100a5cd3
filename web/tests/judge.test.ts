// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge's compiled module in Node: its results for real digits, the pretrained generator and
// identical images, compared with PyTorch, naive loops and figures of `ganvas eval`.

import { beforeAll, describe, expect, it } from "vitest";
import { type Judge, loadJudge } from "../engine/judge";
import { loadGanvas } from "../engine/loader";
import { loadMnist } from "../engine/mnist";
import { readResource } from "../engine/resource";
import { codeOf } from "./error_codes";
import { ASSETS_URL, mnistFiles, readTensors, unseenFiles } from "./real_assets";

const MODEL = `${ASSETS_URL}models/judge.safetensors`;
const COUNT = 1000;
/** ganvas eval --json --model assets/models/seed.safetensors --count 500 */
const SEED_FIGURES = {
  digitFid: 332.73,
  meanConfidence: 0.8109,
  recall: 0.292,
  diversity: 0.6837,
  clarity: 0.3812,
};

let judge: Judge;
let training: Uint8Array;
let unseen: Uint8Array;

/** ToTensor and Normalize(0.5, 0.5). */
function normalised(digits: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(digits, (pixel) => (pixel / 255 - 0.5) / 0.5);
}

beforeAll(async () => {
  judge = await loadJudge({ tier: "simd", model: MODEL });
  training = (await loadMnist(mnistFiles(COUNT))).images;
  unseen = (await loadMnist(unseenFiles(COUNT))).images;
  judge.setReal(unseen);
});

describe("the judge in Node", () => {
  it("gives the same classes as PyTorch with the same weights", async () => {
    const tensors = await readTensors("judge_opinions.safetensors");
    const [images, logits] = [tensors["images"], tensors["logits"]];
    if (!images || !logits) throw new Error("The golden file lacks a tensor.");
    const { classes, confidences } = judge.opinions(Float32Array.from(images));
    expect(classes.length).toBe(40);
    for (let i = 0; i < classes.length; i += 1) {
      const own = [...logits.subarray(i * 10, i * 10 + 10)];
      const largest = Math.max(...own);
      expect(classes[i]).toBe(own.indexOf(largest));
      const sum = own.reduce((total, logit) => total + Math.exp(logit - largest), 0);
      expect(confidences[i]).toBeCloseTo(1 / sum, 4);
    }
  });

  it("scores real digits as good, however they are added", () => {
    judge.reset();
    judge.add(normalised(training));
    const whole = judge.quality();
    expect(whole.count).toBe(COUNT);
    expect(whole.digitFid).toBeLessThan(30);
    expect(whole.precision).toBeGreaterThan(0.7);
    expect(whole.recall).toBeGreaterThan(0.7);
    expect(whole.meanConfidence).toBeGreaterThan(0.97);
    expect(whole.diversity).toBeGreaterThan(0.8);
    expect(whole.diversity).toBeLessThan(1.2);
    expect(Math.abs(whole.clarity - 1)).toBeLessThan(0.15);
    expect(whole.collapse).toBe("healthy");
    expect(whole.classAccuracy).toBeNull();
    expect(whole.classShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);

    judge.reset();
    for (const [from, to] of [
      [0, 1],
      [1, 333],
      [333, COUNT],
    ] as const) {
      expect(judge.add(normalised(training.subarray(from * 784, to * 784)))).toBe(to);
    }
    expect(judge.quality()).toEqual(whole);
  });

  it("scores the pretrained generator as ganvas eval does", async () => {
    const ganvas = await loadGanvas({ tier: "simd", threads: 1 });
    const session = ganvas.createSession({ preset: "seed" });
    session.load(await readResource(`${ASSETS_URL}models/seed.safetensors`));
    judge.setReal((await loadMnist(unseenFiles(500))).images);
    judge.reset();
    judge.add(session.sample({ count: 500, seed: 1 }));
    const quality = judge.quality();
    judge.setReal(unseen);
    expect(quality.digitFid).toBeCloseTo(SEED_FIGURES.digitFid, 1);
    expect(quality.meanConfidence).toBeCloseTo(SEED_FIGURES.meanConfidence, 3);
    expect(quality.recall).toBeCloseTo(SEED_FIGURES.recall, 2);
    expect(quality.diversity).toBeCloseTo(SEED_FIGURES.diversity, 3);
    expect(quality.clarity).toBeCloseTo(SEED_FIGURES.clarity, 3);
    session.dispose();
  });

  it("reports identical images as collapsed, and noise as unclear", () => {
    judge.reset();
    const one = normalised(training.subarray(0, 784));
    for (let i = 0; i < 50; i += 1) judge.add(one);
    const quality = judge.quality();
    expect(quality.collapse).toBe("collapsed");
    expect(quality.classEntropy).toBe(0);
    expect(quality.diversity).toBeCloseTo(0, 6);
    expect([...quality.classShares]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);

    judge.reset();
    judge.add(new Float32Array(50 * 784).map((_, i) => Math.sin(i * i)));
    expect(judge.quality().collapse).toBe("unclear");
  });

  it("counts how often samples match their requested labels", () => {
    judge.reset();
    const { classes } = judge.opinions(normalised(training.subarray(0, 20 * 784)));
    const labels = classes.map((seen, i) => (i < 5 ? (seen + 1) % 10 : seen));
    judge.add(normalised(training.subarray(0, 20 * 784)), labels);
    expect(judge.quality().classAccuracy).toBe(0.75);
    // Labels are given for all samples or for none.
    expect(codeOf(() => judge.add(normalised(training.subarray(0, 784))))).toBe("invalid_argument");
  });

  it("finds the same nearest training digit as a naive loop", () => {
    judge.setTraining(training);
    const images = normalised(unseen.subarray(0, 12 * 784));
    const { indices, distances, digits } = judge.nearest(images);
    const all = normalised(training);
    for (let i = 0; i < 12; i += 1) {
      let [best, least] = [-1, Number.POSITIVE_INFINITY];
      for (let j = 0; j < COUNT; j += 1) {
        let squared = 0;
        for (let p = 0; p < 784; p += 1) {
          squared += ((images[i * 784 + p] ?? 0) - (all[j * 784 + p] ?? 0)) ** 2;
        }
        if (squared < least) [best, least] = [j, squared];
      }
      expect(indices[i]).toBe(best);
      expect(distances[i]).toBeCloseTo(Math.sqrt(least), 3);
      const digit = training.subarray(best * 784, (best + 1) * 784);
      expect(digits.subarray(i * 784, (i + 1) * 784)).toEqual(digit);
    }
    const own = judge.nearest(normalised(training.subarray(700 * 784, 701 * 784)));
    expect([own.indices[0], Math.round(own.distances[0] ?? 1)]).toEqual([700, 0]);
  });

  it("keeps the training digits as they were given", () => {
    const given = training.slice(0, 20 * 784);
    judge.setTraining(given);
    given.fill(0);
    const fourth = training.slice(3 * 784, 4 * 784);
    expect(judge.nearest(normalised(fourth)).digits).toEqual(fourth);
  });
});

describe("the judge rejects", () => {
  it("files that are not a judge", async () => {
    const load = (model: Uint8Array | string) => loadJudge({ tier: "simd", model });
    const bytes = await readResource(MODEL);
    const codeFor = (model: Uint8Array | string) =>
      load(model).then(
        () => "none",
        (thrown: { code: string }) => thrown.code,
      );
    expect(await codeFor(bytes.subarray(0, 1000))).toBe("truncated");
    expect(await codeFor(new TextEncoder().encode("This is no judge."))).toBe("bad_magic");
    expect(await codeFor(`${ASSETS_URL}models/seed.safetensors`)).toBe("bad_magic");
    expect(await codeFor(`${ASSETS_URL}models/nothing.safetensors`)).toBe("fetch_failed");
  });

  it("samples of the wrong size, not finite, or too few", () => {
    judge.reset();
    expect(codeOf(() => judge.add(new Float32Array(783)))).toBe("shape_mismatch");
    expect(codeOf(() => judge.add(new Float32Array(0)))).toBe("shape_mismatch");
    expect(codeOf(() => judge.add(new Float32Array(784).fill(Number.NaN)))).toBe("non_finite");
    expect(codeOf(() => judge.add(new Float32Array(784), new Uint8Array([10])))).toBe(
      "invalid_argument",
    );
    judge.add(new Float32Array(3 * 784));
    expect(codeOf(() => judge.quality())).toBe("no_data");
  });

  it("comparisons without digits, or with invalid ones", async () => {
    const fresh = await loadJudge({ tier: "simd", model: MODEL });
    fresh.add(normalised(training.subarray(0, 10 * 784)));
    expect(codeOf(() => fresh.quality())).toBe("no_data");
    expect(codeOf(() => fresh.nearest(new Float32Array(784)))).toBe("no_data");
    expect(codeOf(() => fresh.setReal(new Uint8Array(785)))).toBe("shape_mismatch");
    expect(codeOf(() => fresh.setReal(unseen.subarray(0, 3 * 784)))).toBe("invalid_argument");
    expect(codeOf(() => fresh.setTraining(new Uint8Array(0)))).toBe("shape_mismatch");
    fresh.dispose();
    fresh.dispose();
    expect(codeOf(() => fresh.reset())).toBe("disposed");
  });
});
