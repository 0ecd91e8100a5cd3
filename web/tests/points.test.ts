// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Points in the plane: what a link carries, what is painted, where D and G are asked, and what the
// real core answers there.

import { afterEach, describe, expect, it, vi } from "vitest";
import { type ClientSession, connectGanvas, type GanvasClient } from "../api/client";
import { GanvasError } from "../api/errors";
import { loadGanvas } from "../api/loader";
import { checkChanges } from "../ui/hyper_parameters";
import { distance } from "../ui/points/distance";
import { pointsFrame } from "../ui/points/film_frame";
import { leansOf } from "../ui/points/layers";
import {
  cellArea,
  cellCorners,
  FIELD_SIDE,
  fieldPlaces,
  LATTICE_SIDE,
  latticeEdges,
  latticeLatents,
  placeAt,
} from "../ui/points/plane";
import { ask, PlaneWatch, type Question, type View } from "../ui/points/plane_watch";
import { blotted, realPoints } from "../ui/points/point_data";
import { densityPicture, dotPictures, fromLevels } from "../ui/points/point_pictures";
import { MOST_POINTS, parsePoints, printPoints, quantized } from "../ui/points/point_text";
import { Strokes } from "../ui/points/strokes";
import { serve } from "../worker/server";
import { ChannelWorker } from "./channel_worker";
import { PUBLIC_URL } from "./real_assets";

const OPTIONS = { tier: "simd", threads: 1, baseUrl: PUBLIC_URL } as const;

afterEach(() => {
  ChannelWorker.endAll();
  vi.useRealTimers();
});

const connect = (): Promise<GanvasClient> =>
  connectGanvas({ ...OPTIONS, createWorker: () => new ChannelWorker(serve) });

/** Uniform in [0, 1) and the same in every run of the tests. */
function random(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

describe("points in a link", () => {
  it("come back as they were drawn, as far as a byte tells", () => {
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

  it("are learned where nothing else is named, and only by a GAN of points", () => {
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
  const settings = { preset: "toy2d", seed: 5, examples: 600 } as const;

  it("are the core's own of a distribution", async () => {
    const [client, ganvas] = [await connect(), await loadGanvas(OPTIONS)];
    const points = await realPoints(client, { ...settings, changes: { data: "spiral" } });
    expect(points).toEqual(ganvas.drawPoints("spiral", { count: 600, seed: 5 }));
    expect(await realPoints(client, { ...settings, changes: {} })).toEqual(
      ganvas.drawPoints("ring", { count: 600, seed: 5 }),
    );
  });

  it("lie closely around drawn ones, the same for the same seed", async () => {
    const drawn = Float32Array.of(0.5, -0.5, -0.25, 0);
    const points = blotted(drawn, 1000, 3);
    expect(points.length).toBe(2000);
    const beside = points.map((at, index) => at - (drawn[index % 4] ?? 0));
    expect(Math.max(...beside.map(Math.abs))).toBeLessThan(0.04);
    expect(Math.abs(beside.reduce((sum, at) => sum + at, 0)) / 2000).toBeLessThan(0.002);
    // A difference of two uniform numbers has a variance of one sixth.
    const spread = Math.sqrt(beside.reduce((sum, at) => sum + at * at, 0) / 2000);
    expect(spread).toBeCloseTo(0.04 / Math.sqrt(6), 3);
    expect(blotted(drawn, 1000, 3)).toEqual(points);
    expect(blotted(drawn, 1000, 4)).not.toEqual(points);
  });

  it("train the same run in the worker as in this thread", async () => {
    const [client, ganvas] = [await connect(), await loadGanvas(OPTIONS)];
    const points = ganvas.drawPoints("ring", { count: 600, seed: 5 });
    const near = ganvas.createSession({ ...settings });
    near.setPoints(points);
    const far = await client.createSession({ ...settings });
    await far.setPoints(points);
    expect((await far.train(20)).history).toEqual(near.train(20).history);
  });

  it("are refused when they are no points of the plane", async () => {
    const client = await connect();
    const session = await client.createSession({ ...settings, examples: 1 });
    const codeOf = (numbers: number[]): Promise<unknown> =>
      session.setPoints(Float32Array.from(numbers)).catch((thrown: GanvasError) => thrown.code);
    expect(await codeOf([0, 0, 1])).toBe("shape_mismatch");
    expect(await codeOf([])).toBe("shape_mismatch");
    expect(await codeOf([0, Number.NaN])).toBe("non_finite");
    await expect(client.drawPoints("cube", { count: 1, seed: 1 })).rejects.toThrow(GanvasError);
  });
});

describe("the plane", () => {
  it("is asked at the middles of its cells, from the top left", () => {
    const places = fieldPlaces();
    const middle = 0.5 / FIELD_SIDE;
    const first = placeAt(middle, middle);
    expect(places[0]).toBeCloseTo(first.x, 6);
    expect(places[1]).toBeCloseTo(first.y, 6);
    const second = placeAt(3 * middle, middle);
    expect(places[2]).toBeCloseTo(second.x, 6);
    const below = placeAt(middle, 3 * middle);
    expect(places[2 * FIELD_SIDE + 1]).toBeCloseTo(below.y, 6);
    expect(placeAt(0, 0)).toEqual({ x: -1.25, y: 1.25 });
    expect(placeAt(0.5, 0.5)).toEqual({ x: 0, y: 0 });
  });

  it("has a lattice whose cells hold equal shares of the noise", async () => {
    const ganvas = await loadGanvas(OPTIONS);
    const session = ganvas.createSession({ preset: "toy2d" });
    const noise = session.drawLatents({ count: 60_000, seed: 1 });
    const edges = latticeEdges();
    expect(edges.length).toBe(LATTICE_SIDE + 1);
    const counts = new Array<number>(LATTICE_SIDE).fill(0);
    let within = 0;
    for (const z of noise) {
      const cell = edges.findIndex((edge) => z < edge) - 1;
      if (cell < 0) continue;
      within += 1;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    const expected = within / LATTICE_SIDE;
    for (const count of counts) {
      expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it("has cells whose corners go around and whose areas fill it", () => {
    const crossings = latticeLatents(2);
    const edges = latticeEdges();
    const side = 2 * (edges.at(-1) ?? 0);
    let sum = 0;
    for (let cell = 0; cell < LATTICE_SIDE ** 2; cell += 1) {
      const corners = cellCorners(cell).map((corner) => [
        ...crossings.slice(2 * corner, 2 * corner + 2),
      ]);
      const [a = [], b = [], c = [], d = []] = corners;
      expect([a[1], b[0], c[1], d[0]]).toEqual([b[1], c[0], d[1], a[0]]);
      sum += cellArea(crossings, cell);
    }
    expect(sum).toBeCloseTo(side * side, 3);
    expect(latticeLatents(1).length).toBe((LATTICE_SIDE + 1) ** 2);
    expect(latticeLatents(5).slice(5 * 3 + 2, 5 * 4)).toEqual(new Float32Array(3));
  });
});

async function trained(changes: object = {}): Promise<ClientSession> {
  const client = await connect();
  const run = await client.createSession({ preset: "toy2d", seed: 2, examples: 500, ...changes });
  await run.setPoints(await client.drawPoints("ring", { count: 500, seed: 2 }));
  await run.train(60);
  return run;
}

describe("what a run says of the plane", () => {
  it("is what D and G say at each place, asked separately", async () => {
    const run = await trained();
    const pulled = await run.sample({ count: 9, seed: 1 });
    const mark = { x: 0.25, y: -0.75 };
    const view = await ask({
      run,
      latentSize: 2,
      field: true,
      lattice: true,
      pulled,
      mark,
      training: false,
    });
    expect(view.field?.length).toBe(FIELD_SIDE ** 2);
    for (const [column, row] of [
      [0, 0],
      [39, 0],
      [0, 39],
      [17, 23],
    ] as const) {
      const { x, y } = placeAt((column + 0.5) / FIELD_SIDE, (row + 0.5) / FIELD_SIDE);
      const [score] = await run.score({ samples: Float32Array.of(x, y) });
      expect(view.field?.[row * FIELD_SIDE + column]).toBeCloseTo(score ?? Number.NaN, 5);
    }
    const [atMark] = await run.score({ samples: Float32Array.of(mark.x, mark.y) });
    expect(view.markScore).toBeCloseTo(atMark ?? Number.NaN, 6);
    const edges = latticeEdges();
    for (const [column, row] of [
      [0, 0],
      [20, 0],
      [3, 11],
    ] as const) {
      const latents = Float32Array.of(edges[column] ?? 0, edges[row] ?? 0);
      const [x, y] = await run.generate({ latents });
      const crossing = 2 * (row * (LATTICE_SIDE + 1) + column);
      expect(view.lattice?.[crossing]).toBeCloseTo(x ?? Number.NaN, 5);
      expect(view.lattice?.[crossing + 1]).toBeCloseTo(y ?? Number.NaN, 5);
    }
  });

  it("pulls generated points to where D believes more in them", async () => {
    const run = await trained();
    const pulled = await run.sample({ count: 5, seed: 1 });
    const { pulls } = await ask({
      run,
      latentSize: 2,
      field: false,
      lattice: false,
      pulled,
      mark: null,
      training: false,
    });
    const logit = async (x: number, y: number): Promise<number> => {
      const [score = 0] = await run.score({ samples: Float32Array.of(x, y) });
      return Math.log(score / (1 - score));
    };
    const step = 0.01;
    for (let at = 0; at < pulled.length; at += 2) {
      const [x = 0, y = 0] = pulled.slice(at, at + 2);
      const slope = [
        ((await logit(x + step, y)) - (await logit(x - step, y))) / (2 * step),
        ((await logit(x, y + step)) - (await logit(x, y - step))) / (2 * step),
      ];
      expect(pulls?.[at]).toBeCloseTo(slope[0] ?? Number.NaN, 1);
      expect(pulls?.[at + 1]).toBeCloseTo(slope[1] ?? Number.NaN, 1);
    }
  });

  it("is not asked for what is not shown", async () => {
    const run = await trained();
    const view = await ask({
      run,
      latentSize: 2,
      field: false,
      lattice: false,
      pulled: null,
      mark: null,
      training: false,
    });
    expect(Object.values(view).every((part) => part === null)).toBe(true);
  });

  it("leans from generated to real, a critic's from its lowest to its highest", () => {
    expect([...leansOf(Float32Array.of(0, 0.25, 1), true)]).toEqual([-1, -0.5, 1]);
    expect([...leansOf(Float32Array.of(-3, 5, 1), false)]).toEqual([-1, 1, 0]);
    expect([...leansOf(Float32Array.of(4, 4), false)]).toEqual([0, 0]);
  });
});

describe("the watch of the plane", () => {
  it("asks one question at a time, and pauses in between however often it is told to look", async () => {
    vi.useFakeTimers();
    const pending: (() => void)[] = [];
    const session: Partial<ClientSession> = {
      score: () =>
        new Promise((resolve) => pending.push(() => resolve(new Float32Array(FIELD_SIDE ** 2)))),
    };
    const run = session as ClientSession;
    const question: Question = {
      run,
      latentSize: 2,
      field: true,
      lattice: false,
      pulled: null,
      mark: null,
      training: true,
    };
    const views: View[] = [];
    const watch = new PlaneWatch(
      () => question,
      (view) => views.push(view),
    );
    for (let look = 0; look < 10; look += 1) watch.look();
    expect(pending.length).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    pending.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(views.length).toBe(1);
    // It took 100 ms, and three times as long is paused.
    await vi.advanceTimersByTimeAsync(290);
    expect(pending.length).toBe(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(pending.length).toBe(1);
    pending.shift()?.();
    await vi.advanceTimersByTimeAsync(5000);
    // Nothing has changed since, so nothing is asked.
    expect(pending.length).toBe(0);
    watch.stop();
  });
});

describe("a brush", () => {
  it("leaves points along its way, evenly and close by", () => {
    const strokes = new Strokes(random());
    strokes.begin({ x: -0.5, y: 0.25 });
    for (let at = -0.5; at <= 0.501; at += 0.01) strokes.to({ x: at, y: 0.25 });
    strokes.end();
    strokes.to({ x: 0, y: -1 });
    const points = strokes.points();
    // A way of 1, and 0.035 from point to point.
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

  it("keeps as many as a link can carry, of all strokes alike", () => {
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

describe("the distance of two clouds", () => {
  it("is that of the definition, summed naively", () => {
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

  it("is near 0 for draws of one distribution, large for another, 1 for single places", async () => {
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

describe("points as pictures", () => {
  it("show a dot where the point is", () => {
    const pictures = dotPictures([-1.25, 1.25, 0.625, -0.625]);
    const darkest = (picture: Float32Array): number => picture.indexOf(Math.max(...picture));
    expect(pictures.length).toBe(2 * 784);
    expect(darkest(pictures.subarray(0, 784))).toBe(0);
    // Three quarters across and three quarters down, between two pixels each way.
    const at = darkest(pictures.subarray(784));
    expect([20, 21]).toContain(at % 28);
    expect([20, 21]).toContain(Math.floor(at / 28));
  });

  it("show how densely many lie, and leave out what lies outside", () => {
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

  it("come back from the film's bytes", () => {
    const back = fromLevels(Uint8Array.of(0, 255, 127, 128));
    expect(back[0]).toBe(-1.25);
    expect(back[1]).toBe(1.25);
    expect(back[2]).toBeCloseTo(0, 2);
  });
});

describe("a picture of the points' film", () => {
  it("has generated dots over real ones, where they lie", () => {
    const levels = Uint8Array.of(255, 0, 128, 128);
    const { index, width } = pointsFrame(levels, [0, 0, 0.625, 0.625]);
    const at = (x: number, y: number): number | undefined => index[y * width + x];
    expect(index.length).toBe(width * width);
    expect(at(width - 1, width - 1)).toBe(2);
    expect(at(0, 0)).toBe(0);
    expect(at(width / 2, width / 2)).toBe(2);
    expect(at((3 * width) / 4, width / 4)).toBe(1);
  });
});
