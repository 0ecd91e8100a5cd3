// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where D and G are evaluated in the plane, the core's answers there, and how often it is queried.

import { afterEach, describe, expect, it, vi } from "vitest";
import { type ClientSession, connectGanvas, type GanvasClient } from "../client/training_client";
import { loadGanvas } from "../engine/loader";
import { leansOf } from "../ui/plane/layers";
import {
  arrowMove,
  cellArea,
  cellCorners,
  FIELD_SIDE,
  fieldPlaces,
  LATTICE_SIDE,
  latticeEdges,
  latticeLatents,
  placeAt,
} from "../ui/plane/plane";
import { ask, PlaneWatch, type Question, type View } from "../ui/plane/plane_watch";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

const OPTIONS = { tier: "simd", threads: 1, baseUrl: MODULES_URL } as const;

afterEach(() => {
  ChannelWorker.endAll();
  vi.useRealTimers();
});

const connect = (): Promise<GanvasClient> =>
  connectGanvas({ ...OPTIONS, createWorker: () => new ChannelWorker(serveTraining) });

describe("the plane", () => {
  it("is evaluated at the centres of its cells, from the top left", () => {
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

  it("is left, right, up and down as the arrow keys say", () => {
    const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"].map(arrowMove);
    const signs = moves.map((move) => move?.map(Math.sign));
    expect(signs).toEqual([[-1, 0], [1, 0], [0, 1], [0, -1], undefined]);
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

  it("has cells whose corners go around and whose areas add up to the whole", () => {
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

describe("a query of the plane", () => {
  it("equals separate queries of D and G", async () => {
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

  it("gives gradients that move generated points to higher scores", async () => {
    const run = await trained();
    const pulled = await run.sample({ count: 5, seed: 1 });
    expect(pulled.length).toBe(10);
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

  it("computes only the visible layers", async () => {
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
    expect(view).toEqual({
      field: null,
      lattice: null,
      pulled: null,
      pulls: null,
      mark: null,
      markScore: null,
    });
  });

  it("maps scores to colours, a critic's from its lowest to its highest", () => {
    expect([...leansOf(Float32Array.of(0, 0.25, 1), true)]).toEqual([-1, -0.5, 1]);
    expect([...leansOf(Float32Array.of(-3, 5, 1), false)]).toEqual([-1, 1, 0]);
    expect([...leansOf(Float32Array.of(4, 4), false)]).toEqual([0, 0]);
  });
});

describe("the plane's updates", () => {
  it("run one query at a time, with pauses in between", async () => {
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
    // A query took 100 ms, so the pause is three times as long.
    await vi.advanceTimersByTimeAsync(290);
    expect(pending.length).toBe(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(pending.length).toBe(1);
    pending.shift()?.();
    await vi.advanceTimersByTimeAsync(5000);
    // Without changes there are no further queries.
    expect(pending.length).toBe(0);
    watch.stop();
  });
});
