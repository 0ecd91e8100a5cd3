// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Points in the plane: links, real and painted points, the distance between sets, and pictures of
// points.

import { afterEach, describe, expect, it } from "vitest";
import { connectGanvas, type GanvasClient } from "../client/training_client";
import { checkChanges } from "../config/hyper_parameters";
import { MOST_POINTS, parsePoints, printPoints, quantized } from "../config/point_text";
import { GanvasError } from "../engine/errors";
import { loadGanvas } from "../engine/loader";
import { coverage } from "../ui/plane/coverage";
import { distance } from "../ui/plane/distance";
import { pointsFrame } from "../ui/plane/film_frame";
import { densityPicture, dotPictures, fromLevels } from "../ui/plane/point_pictures";
import { Strokes } from "../ui/plane/strokes";
import { blotted, realPoints } from "../ui/state/point_data";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

const OPTIONS = { tier: "simd", threads: 1, baseUrl: MODULES_URL } as const;

afterEach(() => ChannelWorker.endAll());

const connect = (): Promise<GanvasClient> =>
  connectGanvas({ ...OPTIONS, createWorker: () => new ChannelWorker(serveTraining) });

/** Uniform in [0, 1), the same in every run of the tests. */
function random(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe("points in a link", () => {
  it("are read back as drawn, to the precision of a byte", () => {
    const next = random();
    for (const count of [1, 2, 3, 100, MOST_POINTS]) {
      const drawn = Float32Array.from({ length: 2 * count }, () => quantized(2 * next() - 1));
      const text = printPoints(drawn);
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(parsePoints(text)).toEqual(drawn);
    }
    expect(quantized(0.3)).toBeCloseTo(0.3, 2);
    expect([quantized(-7), quantized(7)]).toEqual([-1, 1]);
  });

  it("are two bytes each in base64url, as Node writes it", () => {
    const bytes = Buffer.from([0, 255, 251, 240, 62, 191]);
    const points = parsePoints(bytes.toString("base64url"));
    expect([...(points ?? [])].map((at) => Math.round((at + 1) * 127.5))).toEqual([...bytes]);
    expect(points?.slice(0, 2)).toEqual(Float32Array.of(-1, 1));
  });

  it.each([
    ["nothing", ""],
    ["half a point", "AA"],
    ["a length that base64 does not have", "AAAAA"],
    ["bits beyond the last byte", "AAB"],
    ["padding", "AAA="],
    ["plain base64", "++//"],
    ["a space", "AAA "],
    ["other letters", "ÄÖÜ"],
    ["code", "<script>"],
    ["one point too many", printPoints(new Float32Array(2 * MOST_POINTS + 2))],
    ["a flood", "A".repeat(1_000_000)],
  ])("are refused when they are %s", (_, text) => {
    expect(parsePoints(text)).toBeNull();
    expect(checkChanges({ points: text }, "toy2d")).toEqual({
      changes: {},
      problems: [{ name: "points", value: text }],
    });
  });

  it("are the default data when present, and only for a GAN of points", () => {
    const points = printPoints(Float32Array.of(0, 0));
    expect(checkChanges({ points }, "toy2d").changes).toEqual({ points, data: "drawn" });
    expect(checkChanges({ points, data: "line" }, "toy2d").changes).toEqual({
      points,
      data: "line",
    });
    const alone = { name: "data", value: "drawn" };
    expect(checkChanges({ data: "drawn" }, "toy2d")).toEqual({ changes: {}, problems: [alone] });
    expect(checkChanges({ data: "cube" }, "toy2d").problems.length).toBe(1);
    expect(checkChanges({ data: "ring", points }, "quick").problems.length).toBe(2);
  });
});

describe("real points", () => {
  const run = { preset: "toy2d", seed: 5, examples: 600 } as const;
  const settings = { ...run, pictures: null };

  it("are the core's own for a distribution", async () => {
    const [client, ganvas] = [await connect(), await loadGanvas(OPTIONS)];
    const points = await realPoints(client, { ...settings, changes: { data: "spiral" } });
    expect(points).toEqual(ganvas.drawPoints("spiral", { count: 600, seed: 5 }));
    expect(await realPoints(client, { ...settings, changes: {} })).toEqual(
      ganvas.drawPoints("ring", { count: 600, seed: 5 }),
    );
  });

  it("are scattered closely around drawn points, the same for the same seed", async () => {
    const drawn = Float32Array.of(0.5, -0.5, -0.25, 0);
    const points = blotted(drawn, 1000, 3);
    expect(points.length).toBe(2000);
    const offsets = points.map((at, index) => at - (drawn[index % 4] ?? 0));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(0.04);
    expect(Math.abs(offsets.reduce((sum, at) => sum + at, 0)) / 2000).toBeLessThan(0.002);
    // The difference of two uniform numbers has a variance of one sixth.
    const spread = Math.sqrt(offsets.reduce((sum, at) => sum + at * at, 0) / 2000);
    expect(spread).toBeCloseTo(0.04 / Math.sqrt(6), 3);
    expect(blotted(drawn, 1000, 3)).toEqual(points);
    expect(blotted(drawn, 1000, 4)).not.toEqual(points);
  });

  it("train the same run in the worker as in this thread", async () => {
    const [client, ganvas] = [await connect(), await loadGanvas(OPTIONS)];
    const points = ganvas.drawPoints("ring", { count: 600, seed: 5 });
    const near = ganvas.createSession(run);
    near.setPoints(points);
    const far = await client.createSession(run);
    await far.setPoints(points);
    expect((await far.train(20)).history).toEqual(near.train(20).history);
  });

  it("are rejected when they are not points of the plane", async () => {
    const client = await connect();
    const session = await client.createSession({ ...run, examples: 1 });
    const codeOf = (numbers: number[]): Promise<unknown> =>
      session.setPoints(Float32Array.from(numbers)).catch((thrown: GanvasError) => thrown.code);
    expect(await codeOf([0, 0, 1])).toBe("shape_mismatch");
    expect(await codeOf([])).toBe("shape_mismatch");
    expect(await codeOf([0, Number.NaN])).toBe("non_finite");
    await expect(client.drawPoints("cube", { count: 1, seed: 1 })).rejects.toThrow(GanvasError);
  });
});

describe("a brush", () => {
  it("leaves evenly spaced points close to its path", () => {
    const strokes = new Strokes(random());
    strokes.begin({ x: -0.5, y: 0.25 });
    for (let at = -0.5; at <= 0.501; at += 0.01) strokes.to({ x: at, y: 0.25 });
    strokes.end();
    strokes.to({ x: 0, y: -1 });
    const points = strokes.points();
    // A path of length 1 with points 0.035 apart.
    expect(points.length / 2).toBe(29);
    for (let at = 0; at < points.length; at += 2) {
      expect(Math.abs((points[at] ?? 0) - (-0.5 + (0.035 * at) / 2))).toBeLessThan(0.056);
      expect(Math.abs((points[at + 1] ?? 0) - 0.25)).toBeLessThan(0.056);
    }
    expect(parsePoints(printPoints(points))).toEqual(points);
    strokes.begin({ x: 0.9, y: 0.9 });
    expect(strokes.points().length / 2).toBe(30);
    strokes.undo();
    expect(strokes.points()).toEqual(points);
    strokes.clear();
    expect(strokes.points().length).toBe(0);
  });

  it("keeps as many points as a link can carry, evenly from all strokes", () => {
    const strokes = new Strokes(random());
    const half = Float32Array.from({ length: 1200 }, () => -0.5);
    strokes.add(half);
    strokes.add(half.map((at) => -at));
    const points = strokes.points();
    expect(points.length / 2).toBe(MOST_POINTS);
    expect(points.filter((at) => at < 0).length).toBe(MOST_POINTS);
  });

  it("stays within the plane", () => {
    const strokes = new Strokes(random());
    strokes.begin({ x: 5, y: -5 });
    expect([...strokes.points()]).toEqual([1, -1]);
  });
});

describe("the distance between two sets", () => {
  it("matches a naive sum of the definition", () => {
    const next = random();
    const cloud = (count: number) => Array.from({ length: 2 * count }, () => 2 * next() - 1);
    const [a, b] = [cloud(7), cloud(5)];
    const mean = (p: number[], q: number[], same: boolean): number => {
      const all: number[] = [];
      for (let i = 0; i < p.length; i += 2) {
        for (let j = 0; j < q.length; j += 2) {
          if (same && i === j) continue;
          all.push(Math.hypot((p[i] ?? 0) - (q[j] ?? 0), (p[i + 1] ?? 0) - (q[j + 1] ?? 0)));
        }
      }
      return all.reduce((sum, d) => sum + d, 0) / all.length;
    };
    const between = 2 * mean(a, b, false);
    const expected = (between - mean(a, a, true) - mean(b, b, true)) / between;
    expect(distance(a, b)).toBeCloseTo(Math.max(0, expected), 6);
  });

  it("is near 0 for samples of one distribution, large for another, 1 for single points", async () => {
    const ganvas = await loadGanvas(OPTIONS);
    const draw = (name: string, seed: number) => ganvas.drawPoints(name, { count: 400, seed });
    for (const name of ["line", "ring", "discs", "spiral", "swiss_roll"]) {
      expect(distance(draw(name, 1), draw(name, 2)), name).toBeLessThan(0.01);
    }
    expect(distance(draw("ring", 1), draw("line", 1))).toBeGreaterThan(0.05);
    expect(distance([0, 0, 0, 0], [1, 1, 1, 1])).toBe(1);
    expect(distance([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  });
});

describe("the coverage of real points", () => {
  /** Expected coverage of two samples of n points from one distribution: lemma 1 of the paper. */
  const expected = (n: number): number => {
    let missed = 1;
    for (let k = 1; k <= 5; k += 1) missed *= (n - k) / (2 * n - k);
    return 1 - missed;
  };

  it("matches the paper's expectation for two samples of one distribution", async () => {
    const ganvas = await loadGanvas({ tier: "simd", threads: 1, baseUrl: MODULES_URL });
    for (const name of ["ring", "spiral"]) {
      const draws = Array.from({ length: 60 }, (_, seed) =>
        ganvas.drawPoints(name, { count: 100, seed }),
      );
      let sum = 0;
      for (let i = 0; i < 60; i += 2) sum += coverage(draws[i] ?? [], draws[i + 1] ?? []);
      expect(Math.abs(sum / 30 - expected(100)), name).toBeLessThan(0.02);
    }
  });

  it("counts the points whose fifth neighbour is farther than a generated point", () => {
    const line = Array.from({ length: 10 }, (_, x) => [x, 0]).flat();
    // The fifth neighbours of 0 to 9 are 5, 4, 3, 3, 3, 3, 3, 3, 4 and 5 away.
    expect(coverage(line, [12, 0])).toBe(0.2);
    expect(coverage(line, [12, 1])).toBe(0.1);
    expect(coverage(line, [100, 0])).toBe(0);
  });
});

describe("points as pictures", () => {
  it("show a dot at the point", () => {
    const pictures = dotPictures([-1.25, 1.25, 0.625, -0.625]);
    const darkest = (picture: Float32Array): number => picture.indexOf(Math.max(...picture));
    expect(pictures.length).toBe(2 * 784);
    expect(darkest(pictures.subarray(0, 784))).toBe(0);
    // Three quarters across and down, between two pixels in each direction.
    const at = darkest(pictures.subarray(784));
    expect([20, 21]).toContain(at % 28);
    expect([20, 21]).toContain(Math.floor(at / 28));
  });

  it("show the density of many points, and leave out points outside", () => {
    const many = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0.625 : -0.625));
    const picture = densityPicture([...many, 9, 9]);
    for (const [u, v] of [
      [20, 20],
      [21, 21],
      [20, 21],
    ] as const) {
      expect(picture[v * 28 + u]).toBe(1);
    }
    expect(picture.reduce((sum, share) => sum + share, 0)).toBe(4);
  });

  it("are read back from the film's bytes", () => {
    const back = fromLevels(Uint8Array.of(0, 255, 127, 128));
    expect(back[0]).toBe(-1.25);
    expect(back[1]).toBe(1.25);
    expect(back[2]).toBeCloseTo(0, 2);
  });
});

describe("a frame of the points' film", () => {
  it("has generated dots over real ones, at their places", () => {
    const levels = Uint8Array.of(255, 0, 128, 128);
    const width = 400;
    const index = pointsFrame(levels, [0, 0, 0.625, 0.625], width);
    const at = (x: number, y: number): number | undefined => index[y * width + x];
    expect(index.length).toBe(width * width);
    expect(at(width - 1, width - 1)).toBe(2);
    expect(at(0, 0)).toBe(0);
    expect(at(width / 2, width / 2)).toBe(2);
    expect(at((3 * width) / 4, width / 4)).toBe(1);
  });
});
