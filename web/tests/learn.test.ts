// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The numbers in Learn's stations, from the compiled core, compared with the tutorial's forward
// pass, losses and gradients written out as plain loops over the weights.

import { beforeAll, describe, expect, it } from "vitest";
import { loadGanvas } from "../engine/loader";
import { type Digits, loadMnist } from "../engine/mnist";
import type { Session } from "../engine/session";
import { addressOf, CHAPTERS, readChapter, STATIONS } from "../lessons/chapters";
import {
  binaryCrossEntropy,
  countBins,
  lossOfD,
  meanLoss,
  normalize,
  pulls,
  type StepRecord,
  takeStep,
} from "../lessons/step_record";
import { LISTING } from "../ui/learn/code_listing";
import { mnistFiles } from "./real_assets";

const EXAMPLES = 500;
const STEPS = 40;
const NEAR = 4;

type Values = ArrayLike<number>;
interface Weights {
  readonly w0: Values;
  readonly b0: Values;
  readonly w2: Values;
  readonly b2: Values;
}

let digits: Digits;
let session: Session;
let before: Uint8Array<ArrayBuffer>;
let record: StepRecord;
/** Weights before and after the record's step. */
const weights: { g: Weights; d: Weights }[] = [];
let gradientOfLastLayer: Float32Array;

function weightsOf(network: "generator" | "discriminator"): Weights {
  const read = (name: string): Values => session.tensor(`${network}.${name}`);
  return { w0: read("0.weight"), b0: read("0.bias"), w2: read("2.weight"), b2: read("2.bias") };
}

function linear(x: Values, weight: Values, bias: Values): number[] {
  return Array.from(bias, (b, out) => {
    let sum = b;
    for (let i = 0; i < x.length; i += 1) sum += (weight[out * x.length + i] ?? 0) * (x[i] ?? 0);
    return sum;
  });
}

const leakyRelu = (x: number[]): number[] => x.map((value) => (value > 0 ? value : 0.01 * value));

function generator(z: Values, { w0, b0, w2, b2 }: Weights): number[] {
  return linear(leakyRelu(linear(z, w0, b0)), w2, b2).map(Math.tanh);
}

function hiddenOfD(x: Values, { w0, b0 }: Weights): number[] {
  return leakyRelu(linear(x, w0, b0));
}

function discriminator(x: Values, weightsOfD: Weights): number {
  const [logit = 0] = linear(hiddenOfD(x, weightsOfD), weightsOfD.w2, weightsOfD.b2);
  return 1 / (1 + Math.exp(-logit));
}

function rows(values: Float32Array, width: number): Float32Array[] {
  expect(values.length).toBeGreaterThan(0);
  return Array.from({ length: values.length / width }, (_, i) =>
    values.subarray(i * width, (i + 1) * width),
  );
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function expectNear(shown: Values, expected: readonly number[]): void {
  expect(shown.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(shown[i]).toBeCloseTo(value, NEAR);
}

function at(index: 0 | 1): { g: Weights; d: Weights } {
  const found = weights[index];
  if (found === undefined) throw new Error("The weights were not read.");
  return found;
}

beforeAll(async () => {
  digits = await loadMnist(mnistFiles(EXAMPLES));
  const ganvas = await loadGanvas({ tier: "simd", threads: 1 });
  session = ganvas.createSession({ preset: "seed", seed: 1, examples: EXAMPLES });
  session.setData(digits.images, digits.labels);
  session.train(STEPS);
  before = session.save();
  weights.push({ g: weightsOf("generator"), d: weightsOf("discriminator") });
  record = await takeStep(session, before, null);
  weights.push({ g: weightsOf("generator"), d: weightsOf("discriminator") });
  await session.load(before);
  session.advanceHalf();
  gradientOfLastLayer = session.tensor("discriminator.2.weight", "gradient");
}, 60_000);

describe("a step record", () => {
  it("is of the step after the checkpoint, with the whole batch", () => {
    expect(record.step).toBe(STEPS + 1);
    expect(record.flow.samples).toBe(32);
  });

  it("has real pixels as ToTensor and Normalize compute them from the data's bytes", () => {
    const known = new Set(
      rows(new Float32Array(digits.images), 784).map((image) => Array.from(image).join()),
    );
    for (const picture of rows(record.flow.real, 784)) {
      const bytes = Array.from(picture, (value) => Math.round(((value + 1) / 2) * 255));
      expect(known.has(bytes.join())).toBe(true);
      for (const [i, byte] of bytes.entries()) {
        expect(picture[i]).toBeCloseTo((byte / 255 - 0.5) / 0.5, 6);
        expect(normalize(byte).input).toBeCloseTo((byte / 255 - 0.5) / 0.5, 12);
      }
    }
    expect(normalize(51).unit).toBeCloseTo(0.2, 12);
  });

  it("has the generator's output for the noise", () => {
    const { g } = at(0);
    for (const [i, z] of rows(record.flow.noise, 64).entries()) {
      expectNear(rows(record.flow.fake, 784)[i] ?? [], generator(z, g));
    }
  });

  it("has D's scores for each picture before and after its update", () => {
    const scoresOf = (images: Float32Array, d: Weights): number[] =>
      rows(images, 784).map((image) => discriminator(image, d));
    const { real, fake } = record.flow;
    expectNear(record.before.real, scoresOf(real, at(0).d));
    expectNear(record.before.fake, scoresOf(fake, at(0).d));
    expectNear(record.afterD.real, scoresOf(real, at(1).d));
    expectNear(record.afterD.fake, scoresOf(fake, at(1).d));
  });

  it("has lossD as the mean of both cross-entropies, and a lower loss after the update", () => {
    const { d } = at(0);
    const real = average(rows(record.flow.real, 784).map((x) => -Math.log(discriminator(x, d))));
    const fake = average(
      rows(record.flow.fake, 784).map((x) => -Math.log(1 - discriminator(x, d))),
    );
    expect(meanLoss(record.before.real, 1)).toBeCloseTo(real, NEAR);
    expect(meanLoss(record.before.fake, 0)).toBeCloseTo(fake, NEAR);
    expect(lossOfD(record.before)).toBeCloseTo((real + fake) / 2, NEAR);
    expect(record.lossD).toBeCloseTo((real + fake) / 2, NEAR);
    expect(lossOfD(record.afterD)).toBeLessThan(record.lossD);
  });

  it("has lossG under the updated D, and its scores for the updated G's fakes", () => {
    const { g, d } = at(1);
    const lossG = average(rows(record.flow.fake, 784).map((x) => -Math.log(discriminator(x, d))));
    expect(record.lossG).toBeCloseTo(lossG, NEAR);
    const remade = rows(record.flow.noise, 64).map((z) => generator(z, g));
    expectNear(record.fakeAfterG, remade.flat());
    expectNear(
      record.dFakeAfterG,
      remade.map((x) => discriminator(x, d)),
    );
    expect(meanLoss(record.dFakeAfterG, 1)).toBeLessThan(record.lossG);
  });

  it("has the norms of the gradients that D's update used", () => {
    // d lossD / d logit is (p - target) / (2 n), times the hidden layer's output.
    const { d } = at(0);
    const expected = new Array<number>(128).fill(0);
    const { real, fake } = record.flow;
    const pictures = [...rows(real, 784), ...rows(fake, 784)];
    for (const [i, x] of pictures.entries()) {
      const slope = (discriminator(x, d) - (i < 32 ? 1 : 0)) / 64;
      for (const [unit, h] of hiddenOfD(x, d).entries()) {
        expected[unit] = (expected[unit] ?? 0) + slope * h;
      }
    }
    expectNear(gradientOfLastLayer, expected);
    const tensor = record.discriminator[2]?.tensors.find(({ name }) => name.endsWith("weight"));
    expect(tensor?.gradientNorm).toBeCloseTo(Math.hypot(...expected), NEAR);
  });

  it("is the same when the step is repeated, and another at another rate", async () => {
    const again = await takeStep(session, before, record.rates);
    expect(again.dFakeAfterG).toEqual(record.dFakeAfterG);
    const still = await takeStep(session, before, { discriminator: 0, generator: 0 });
    expectNear(still.afterD.real, [...still.before.real]);
    expectNear(still.afterD.fake, [...still.before.fake]);
    expect(still.fakeAfterG).toEqual(still.flow.fake);
    const fast = await takeStep(session, before, { ...record.rates, discriminator: 3e-3 });
    expect(lossOfD(fast.afterD)).toBeLessThan(lossOfD(record.afterD));
  });
});

describe("the stations' formulas", () => {
  it("cap BCELoss of one probability at 100", () => {
    expect(binaryCrossEntropy(0.5, 1)).toBeCloseTo(Math.LN2, 12);
    expect(binaryCrossEntropy(0.9, 0)).toBeCloseTo(-Math.log(0.1), 12);
    expect(binaryCrossEntropy(0, 1)).toBe(100);
  });

  it("give the change of both losses with D's logit of a fake", () => {
    const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
    for (const logit of [-3, -0.4, 0, 1.2, 2.5]) {
      const slope = (loss: (p: number) => number): number =>
        (loss(sigmoid(logit + 1e-5)) - loss(sigmoid(logit - 1e-5))) / 2e-5;
      const { ofLossD, ofLossG } = pulls(sigmoid(logit));
      expect(ofLossD).toBeCloseTo(
        slope((p) => binaryCrossEntropy(p, 0) / 2),
        6,
      );
      expect(ofLossG).toBeCloseTo(
        slope((p) => binaryCrossEntropy(p, 1)),
        6,
      );
    }
  });

  it("count the values in each bin", () => {
    expect(countBins([-9, -1, -0.1, 0, 0.99, 7], -1, 1, 2)).toEqual([3, 3]);
  });
});

describe("the chapters", () => {
  it("are found by the address that they write", () => {
    for (const chapter of CHAPTERS) {
      const parameters = Object.entries(addressOf(chapter)).filter(([, value]) => value !== null);
      const search = `?view=learn&${new URLSearchParams(parameters as [string, string][])}`;
      expect(readChapter(search)).toEqual({ chapter, problem: null });
    }
  });

  it("have stations that are numbered from 1", () => {
    expect(readChapter("?station=2").chapter).toBe(CHAPTERS[1]);
    expect(readChapter("?station=0").problem).toEqual({ name: "station", value: "0" });
  });

  it("report an unknown chapter and open the first", () => {
    expect(readChapter("?station=9")).toMatchObject({
      chapter: { name: "pixels" },
      problem: { name: "station", value: "9" },
    });
    // The same object, since its neighbours are looked up by identity.
    expect(readChapter("").chapter).toBe(CHAPTERS[0]);
    expect(readChapter("").problem).toBeNull();
  });

  it("each have lines in the code listing", () => {
    for (const station of STATIONS) {
      expect(LISTING.some(({ of }) => of.includes(station))).toBe(true);
    }
  });
});
