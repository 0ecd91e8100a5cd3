// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Diagnoses of situations produced by the core: a healthy run, a discriminator far too fast, one
// that does not learn, and a generator that collapses.

import { beforeAll, describe, expect, it } from "vitest";
import { knownAs } from "../config/settings";
import type { SessionConfig } from "../engine/types";
import { type Digits, type Ganvas, loadGanvas, loadMnist } from "../index";
import { coverage } from "../ui/plane/coverage";
import { distance } from "../ui/plane/distance";
import { Curves } from "../ui/state/curves";
import {
  type Diagnosis,
  diagnose,
  hasSettled,
  type Match,
  REAL_SPREAD,
  ratesAreZero,
  recentMeans,
  type Situation,
  spreadOf,
} from "../ui/train/health";
import { MODULES_URL, mnistFiles } from "./real_assets";

let ganvas: Ganvas;
let digits: Digits;

beforeAll(async () => {
  ganvas = await loadGanvas({ baseUrl: MODULES_URL, threads: 1, tier: "simd" });
  digits = await loadMnist(mnistFiles(1000));
});

function situationOf(config: SessionConfig, steps: number): Situation {
  const session = ganvas.createSession({ ...config, examples: 1000 });
  session.setData(digits.images, digits.labels);
  const curves = new Curves();
  curves.add(session.train(steps).history);
  const classes = session.config().classes;
  const samples = session.sample({ count: 100, seed: 1 });
  session.dispose();
  const diversity =
    spreadOf(samples, 784, classes) / (classes > 0 ? REAL_SPREAD.withinClass : REAL_SPREAD.all);
  return {
    steps,
    opened: false,
    finished: false,
    probabilities: true,
    penalised: false,
    ...recentMeans(curves.table().mean, 50),
    diversity,
    match: null,
  };
}

it("a situation is of the last steps", () => {
  const mean = [[], [9, 1, 2], [9, 3, 5], [9, 0, 1]];
  const situation = { lossG: 1.5, dReal: 4, dFake: 0.5, dFakeSpread: 0.5 };
  expect(recentMeans(mean, 2)).toEqual(situation);
});

describe("a recorded situation", () => {
  const CASES: readonly (readonly [string, Diagnosis, SessionConfig, number])[] = [
    ["a run's first steps", "starting", { preset: "quick" }, 10],
    ["the default run", "balanced", { preset: "quick" }, 300],
    [
      "a generator that hardly learns",
      "discriminator_wins",
      {
        preset: "seed",
        generator: { optimizer: { lr: 1e-6 } },
        discriminator: { optimizer: { lr: 2e-3 } },
      },
      300,
    ],
    [
      "a discriminator that does not learn",
      "generator_wins",
      { preset: "quick", discriminator: { optimizer: { lr: 0 } } },
      100,
    ],
    [
      "a generator with far too large steps",
      "collapse",
      { preset: "seed", generator: { optimizer: { lr: 0.05 } } },
      200,
    ],
  ];

  it.each(CASES)("of %s is diagnosed as %s", (_, diagnosis, config, steps) => {
    const situation = situationOf(config, steps);
    expect(diagnose(situation), JSON.stringify(situation)).toBe(diagnosis);
  });

  it("with outputs that are not probabilities is a critic", () => {
    const sure = {
      ...{ opened: false, finished: false, penalised: false, diversity: 1, match: null },
      ...{ dReal: 0.99, dFake: 0.01, dFakeSpread: 0, lossG: 5 },
    };
    expect(diagnose({ steps: 500, probabilities: true, ...sure })).toBe("discriminator_wins");
    expect(diagnose({ steps: 500, probabilities: false, ...sure })).toBe("critic");
    const guessing = { ...sure, dReal: 0.51, dFake: 0.5, steps: 500 };
    expect(diagnose({ ...guessing, probabilities: true })).toBe("generator_wins");
    expect(diagnose({ ...guessing, probabilities: true, match: pointsOnSpiral(0) })).toBe(
      "matched",
    );
  });

  it("with R1 is no worse for a small lead of the discriminator", () => {
    // Of a conditional GAN with a digit-FID of 9, and a little closer.
    const situation = { dReal: 0.52, dFake: 0.482, dFakeSpread: 0.024, lossG: 0.84, diversity: 1 };
    const seen = { steps: 6600, opened: false, finished: false };
    const run = { ...seen, probabilities: true, match: null, ...situation };
    expect(diagnose({ ...run, penalised: true })).toBe("balanced");
    expect(diagnose({ ...run, dReal: 0.505, penalised: true })).toBe("balanced");
    expect(diagnose({ ...run, dReal: 0.505, penalised: false })).toBe("generator_wins");
  });
});

describe("a run whose learning rates fall to 0", () => {
  it.each([
    ["quick", 1_000_000, false],
    ["fine", 23_999, false],
    ["fine", 24_000, true],
  ] as const)("of %s after %d steps has reached it: %s", (preset, steps, reached) => {
    const session = ganvas.createSession({ preset });
    expect(ratesAreZero(session.config(), steps)).toBe(reached);
    session.dispose();
  });

  it("has reached it when the slower network has, which counts its updates", () => {
    const optimizer = { lr_decay_steps: 300 };
    const networks = { generator: { optimizer }, discriminator: { optimizer, updates: 3 } };
    const session = ganvas.createSession({ preset: "seed", ...networks, examples: 1000 });
    expect(ratesAreZero(session.config(), 299)).toBe(false);
    session.setData(digits.images, digits.labels);
    const weights = () => session.tensor("generator.0.weight");
    session.train(299);
    const before = weights();
    session.train(1);
    const after = weights();
    expect(after).not.toEqual(before);
    expect(ratesAreZero(session.config(), 300)).toBe(true);
    session.train(1);
    expect(weights()).toEqual(after);
    session.dispose();
  });

  it("is finished, unless its samples say more", () => {
    const run = {
      ...{ steps: 24_000, opened: false, finished: true, probabilities: true, penalised: true },
      match: null,
      ...{ dReal: 0.6, dFake: 0.4, dFakeSpread: 0.1, lossG: 1, diversity: 1 },
    };
    expect(diagnose({ ...run, finished: false })).toBe("balanced");
    expect(diagnose(run)).toBe("finished");
    expect(diagnose({ ...run, probabilities: false })).toBe("finished");
    expect(diagnose({ ...run, diversity: 0.01 })).toBe("collapse");
    const guessing = { ...run, dReal: 0.51, dFake: 0.5 };
    expect(diagnose({ ...guessing, match: { distance: 0, coverage: 1 } })).toBe("matched");
    expect(diagnose({ ...guessing, match: { distance: 0, coverage: 0.5 } })).toBe("finished");
    expect(diagnose({ ...run, steps: 0, opened: true })).toBe("finished");
  });
});

describe("a run from a file", () => {
  const run = {
    ...{ opened: true, finished: false, probabilities: true, penalised: false, match: null },
    ...{ dReal: 0.6, dFake: 0.4, dFakeSpread: 0.1, lossG: 1, diversity: 1 },
  };

  it("is not said to be starting, and is diagnosed once enough of its steps have been seen", () => {
    expect(diagnose({ ...run, steps: 0 })).toBe("unseen");
    expect(diagnose({ ...run, steps: 29 })).toBe("unseen");
    expect(diagnose({ ...run, steps: 30 })).toBe("balanced");
  });
});

describe("a run that has settled", () => {
  const quick = { preset: "quick", pictures: null } as const;

  it("is one of quick on digits, after thousands of steps", () => {
    expect(hasSettled(quick, 1000)).toBe(false);
    expect(hasSettled(quick, 10_000)).toBe(true);
    expect(hasSettled({ ...quick, preset: "fine" }, 10_000)).toBe(false);
    expect(hasSettled({ ...quick, preset: "seed" }, 10_000)).toBe(false);
    expect(hasSettled({ ...quick, pictures: knownAs("0123456789abcdef") }, 10_000)).toBe(false);
  });
});

/** 400 points of the spiral, and 400 others without its innermost part. */
function pointsOnSpiral(missing: number): Match {
  const real = ganvas.drawPoints("spiral", { count: 400, seed: 1 });
  const others = ganvas.drawPoints("spiral", { count: 500, seed: 2 });
  const kept = others.filter((_, at) => {
    const [x = 0, y = 0] = others.subarray(at - (at % 2));
    return Math.hypot(x, y) >= missing;
  });
  const generated = kept.subarray(0, 800);
  return { distance: distance(real, generated), coverage: coverage(real, generated) };
}

describe("points that the discriminator cannot tell apart", () => {
  const guessing = {
    steps: 500,
    opened: false,
    finished: false,
    penalised: false,
    dReal: 0.51,
    dFake: 0.5,
    dFakeSpread: 0,
    lossG: 0.7,
    diversity: 1,
  };
  const situation = { ...guessing, probabilities: true };

  it("are matched only if every part of the data is covered", () => {
    expect(diagnose({ ...situation, match: pointsOnSpiral(0) })).toBe("matched");
    const incomplete = pointsOnSpiral(0.32);
    expect(incomplete.distance).toBeLessThan(0.008);
    expect(diagnose({ ...situation, match: incomplete })).toBe("incomplete");
    expect(diagnose({ ...situation, match: pointsOnSpiral(0.6) })).toBe("generator_wins");
  });
});

describe("spreadOf", () => {
  it("is the variance among samples, summed over the pixels", () => {
    // Two pixels with variances 1 and 4 over three samples.
    expect(spreadOf([0, 0, 1, 2, 2, 4], 2, 0)).toBeCloseTo(5, 12);
    expect(spreadOf([7, 7, 7, 7], 2, 0)).toBe(0);
  });

  it("with classes counts only differences within a class", () => {
    // Samples 0 and 2 have class 0, 1 and 3 class 1.
    expect(spreadOf([0, 9, 0, 9], 1, 2)).toBe(0);
    expect(spreadOf([0, 9, 2, 9], 1, 2)).toBeCloseTo(1, 12);
  });

  it("of real digits, among all and within a class, is what the page compares with", async () => {
    const { images, labels } = await loadMnist(mnistFiles(10_000));
    const values = Float32Array.from(images, (byte) => byte / 127.5 - 1);
    expect(Math.round(spreadOf(values, 784, 0))).toBe(REAL_SPREAD.all);
    const places = Array.from({ length: 10 }, (_, digit) =>
      [...labels.keys()].filter((place) => labels[place] === digit),
    );
    const each = Math.min(...places.map(({ length }) => length));
    const inTurn = new Float32Array(each * 10 * 784);
    for (let i = 0; i < each * 10; i += 1) {
      const place = places[i % 10]?.[Math.floor(i / 10)] ?? 0;
      inTurn.set(values.subarray(place * 784, (place + 1) * 784), i * 784);
    }
    expect(Math.round(spreadOf(inTurn, 784, 10))).toBe(REAL_SPREAD.withinClass);
  });
});
