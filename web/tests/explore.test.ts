// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pure parts of the Explore view: drawings like MNIST's, positions on a sheet of latents, links,
// one request at a time; and the bundled discriminator, run by the compiled core.

import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { ClientSession } from "../client/training_client";
import { type Ganvas, loadGanvas } from "../engine/loader";
import { loadMnist } from "../engine/mnist";
import type { Session } from "../engine/session";
import {
  type Choice,
  choiceParameters,
  DEFAULT_CHOICE,
  readChoice,
  TOOLS,
} from "../ui/explore/choice";
import { meanScore, outputOf, placeOfScore } from "../ui/explore/discriminator_output";
import { latentAt, placeUnder, pointOver, rowOf } from "../ui/explore/latents";
import { centreOfMass, imageOf, PEN_RADIUS, type Stroke } from "../ui/pixels/drawing";
import { Kept, Latest } from "../ui/platform/latest";
import { describe as modelOf } from "../ui/state/models";
import { unseenFiles } from "./real_assets";

/** A three, drawn by hand. */
const THREE: Stroke = Array.from({ length: 60 }, (_, i) => {
  const t = i / 59;
  const bow = t < 0.5 ? 2 * t : 2 * t - 1;
  const angle = Math.PI * (1.25 * bow - 0.75);
  return {
    x: 0.45 + 0.14 * Math.cos(angle) + 0.02 * t,
    y: (t < 0.5 ? 0.32 : 0.6) + 0.14 * Math.sin(angle),
  };
});

function moved(stroke: Stroke, scale: number, x: number, y: number): Stroke {
  return stroke.map((point) => ({ x: scale * point.x + x, y: scale * point.y + y }));
}

/** Ink, 0 to 1, from an image in -1 to 1. */
function inkIn(image: Float32Array): Float32Array {
  return image.map((value) => (value + 1) / 2);
}

/**
 * Reference: MNIST's preprocessing step by step: a large binary raster, cropped to its bounding
 * box, averaged down to 20 x 20, placed with its centre of mass in the middle.
 */
function naiveImage(stroke: Stroke): Float32Array {
  const side = 600;
  const xs = stroke.map(({ x }) => x);
  const ys = stroke.map(({ y }) => y);
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  // The pen is included in the 20 pixels; its final radius is PEN_RADIUS.
  const pen = (extent * PEN_RADIUS) / (20 - 2 * PEN_RADIUS);
  const inked = (x: number, y: number): boolean =>
    stroke.some((point) => Math.hypot(point.x - x, point.y - y) <= pen);
  const raster = Array.from({ length: side * side }, (_, i) =>
    inked(((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side),
  );
  const columns = raster.flatMap((ink, i) => (ink ? [i % side] : []));
  const rows = raster.flatMap((ink, i) => (ink ? [Math.floor(i / side)] : []));
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));
  const [left, top] = [least(columns), least(rows)];
  const size = Math.max(most(columns) - left, most(rows) - top) + 1;
  const box = new Float32Array(400);
  for (const [i, ink] of raster.entries()) {
    if (!ink) continue;
    const column = Math.floor((((i % side) - left) * 20) / size);
    const row = Math.floor(((Math.floor(i / side) - top) * 20) / size);
    const at = row * 20 + column;
    box[at] = (box[at] ?? 0) + (20 / size) ** 2;
  }
  let [mass, x, y] = [0, 0, 0];
  for (const [i, ink] of box.entries()) {
    mass += ink;
    x += ink * ((i % 20) + 0.5);
    y += ink * (Math.floor(i / 20) + 0.5);
  }
  const [right, down] = [Math.round(14 - x / mass), Math.round(14 - y / mass)];
  const image = new Float32Array(784);
  for (const [i, ink] of box.entries()) {
    image[(Math.floor(i / 20) + down) * 28 + (i % 20) + right] = Math.min(1, ink);
  }
  return image;
}

describe("a drawing", () => {
  it("matches MNIST's preprocessing within half a pixel", () => {
    const ours = inkIn(imageOf({ strokes: [THREE], base: null }));
    const theirs = naiveImage(THREE);
    const dot = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    const likeness = dot(ours, theirs) / Math.sqrt(dot(ours, ours) * dot(theirs, theirs));
    expect(likeness).toBeGreaterThan(0.93);
    const mass = (a: Float32Array): number => a.reduce((sum, value) => sum + value, 0);
    expect(mass(ours) / mass(theirs)).toBeCloseTo(1, 1);
  });

  it("has its centre of mass in the middle and fits into 20 pixels", () => {
    for (const stroke of [THREE, moved(THREE, 0.5, 0.4, 0.02), THREE.slice(0, 30)]) {
      const ink = inkIn(imageOf({ strokes: [stroke], base: null }));
      const centre = centreOfMass(ink);
      expect(Math.abs(centre.x - 14)).toBeLessThan(0.1);
      expect(Math.abs(centre.y - 14)).toBeLessThan(0.1);
      const columns = [...ink.entries()].filter(([, v]) => v > 0.5).map(([i]) => i % 28);
      const rows = [...ink.entries()].filter(([, v]) => v > 0.5).map(([i]) => Math.floor(i / 28));
      const extent = (values: number[]): number => Math.max(...values) - Math.min(...values) + 1;
      expect(Math.max(extent(columns), extent(rows))).toBeGreaterThanOrEqual(19);
      expect(Math.max(extent(columns), extent(rows))).toBeLessThanOrEqual(21);
    }
  });

  it("is the same in another side, but for its pixels", () => {
    const ink = inkIn(imageOf({ strokes: [THREE], base: null }, 32));
    expect(ink.length).toBe(32 * 32);
    const centre = centreOfMass(ink, 32);
    expect(Math.abs(centre.x - 16)).toBeLessThan(0.1);
    expect(Math.abs(centre.y - 16)).toBeLessThan(0.1);
    const mass = (a: Float32Array): number => a.reduce((sum, value) => sum + value, 0);
    const small = inkIn(imageOf({ strokes: [THREE], base: null }));
    expect(mass(ink) / 32 ** 2 / (mass(small) / 28 ** 2)).toBeCloseTo(1, 1);
  });

  it("is the same for any position and size on the paper", () => {
    const here = imageOf({ strokes: [THREE], base: null });
    const there = imageOf({ strokes: [moved(THREE, 0.7, 0.25, 0.2)], base: null });
    const most = here.reduce(
      (top, value, i) => Math.max(top, Math.abs(value - (there[i] ?? 0))),
      0,
    );
    expect(most).toBeLessThan(1e-3);
  });

  it("is centred like MNIST's digits", async () => {
    const { images } = await loadMnist(unseenFiles(200));
    let [x, y] = [0, 0];
    for (let i = 0; i < 200; i += 1) {
      const centre = centreOfMass(Float32Array.from(images.subarray(784 * i, 784 * (i + 1))));
      x += centre.x / 200;
      y += centre.y / 200;
    }
    // MNIST's digits were shifted by whole pixels.
    expect(Math.abs(x - 14)).toBeLessThan(0.6);
    expect(Math.abs(y - 14)).toBeLessThan(0.6);
  });

  it("is drawn over a base image, which stays unchanged elsewhere", () => {
    const base = Float32Array.from({ length: 784 }, (_, i) => (i % 28 === 0 ? 1 : -0.5));
    const image = imageOf({ strokes: [[{ x: 14.5 / 28, y: 14.5 / 28 }]], base });
    expect(image[14 * 28 + 14]).toBe(1);
    expect(image[28]).toBe(1);
    expect(image[3 * 28 + 3]).toBe(-0.5);
  });

  it("of a dot is a dot", () => {
    const ink = inkIn(imageOf({ strokes: [[{ x: 0.1, y: 0.9 }]], base: null }));
    const mass = ink.reduce((sum, value) => sum + value, 0);
    expect(mass).toBeGreaterThan(Math.PI);
    expect(mass).toBeLessThan(9);
  });
});

describe("a link", () => {
  const choices: Choice[] = [
    DEFAULT_CHOICE,
    { ...DEFAULT_CHOICE, tool: "draw", model: "dcgan", latent: 4294967295, digit: 0 },
    { ...DEFAULT_CHOICE, tool: "variety", truncation: 0 },
    { ...DEFAULT_CHOICE, tool: "axes", at: { axes: [3, -2.5, 31, 0.05] } },
    ...TOOLS.map((tool) => ({ ...DEFAULT_CHOICE, tool, at: { [tool]: [1, 2, 0.25] } })),
  ];

  it("contains the choice and reads back the same", () => {
    for (const choice of choices) {
      const written = Object.entries(choiceParameters(choice)).filter(
        ([, value]) => value !== null,
      );
      const search = `?${new URLSearchParams(written as [string, string][])}`;
      expect(readChoice(search)).toEqual({ choice, problems: [] });
    }
  });

  it("has a place to four digits", () => {
    const at = { plane: [0.12344, 1] };
    expect(choiceParameters({ ...DEFAULT_CHOICE, at })).toMatchObject({ at: "0.1234,1" });
  });

  it("to a run or file opens the default model", () => {
    expect(readChoice("?model=run").choice.model).toBe("conditional");
    expect(readChoice("?model=file").problems).toEqual([]);
  });

  it.each([
    "tool=hammer",
    "model=gpt",
    "z=-1",
    "z=4294967296",
    "digit=100",
    "digit=",
    "truncation=1.5",
    "truncation=-0.1",
    "truncation=0.5,0.5",
    "at=NaN",
    "at=1e3",
    "at=1,,2",
    "at=Infinity",
  ])("reports %s as a problem and ignores it", (query) => {
    const [name = "", value = ""] = query.split("=");
    expect(readChoice(`?${query}`)).toEqual({
      choice: DEFAULT_CHOICE,
      problems: [{ name, value }],
    });
  });
});

describe("requests", () => {
  it("run one at a time, and only the last waiting one runs", async () => {
    const seen: string[] = [];
    let finish = (): void => {};
    const latest = new Latest(
      () => {},
      () => Promise.resolve(),
    );
    latest.ask(async () => {
      seen.push("first begins");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      seen.push("first ends");
    });
    await settled();
    for (const name of ["second", "third", "fourth"]) {
      latest.ask(async () => {
        seen.push(name);
      });
    }
    await settled();
    expect(seen).toEqual(["first begins"]);
    finish();
    await settled();
    expect(seen).toEqual(["first begins", "first ends", "fourth"]);
  });

  it("that fail are reported and do not block others", async () => {
    const failures: unknown[] = [];
    const latest = new Latest(
      (thrown) => failures.push(thrown),
      () => Promise.resolve(),
    );
    latest.ask(() => Promise.reject(new Error("lost")));
    await settled();
    let ran = false;
    latest.ask(async () => {
      ran = true;
    });
    await settled();
    expect(failures).toEqual([new Error("lost")]);
    expect(ran).toBe(true);
  });

  it("are answered once while the question stays the same", async () => {
    const kept = new Kept<number>();
    let calls = 0;
    const answer = async (): Promise<number> => {
      calls += 1;
      return calls;
    };
    expect(await kept.of(["a", 1], answer)).toBe(1);
    expect(await kept.of(["a", 1], answer)).toBe(1);
    expect(await kept.of(["a", 2], answer)).toBe(2);
    expect(await kept.of(["a"], answer)).toBe(3);
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

describe("the position under the pointer", () => {
  it("is a thumbnail's own at its centre, and on the sheet beyond the edge", () => {
    expect(placeUnder(0.5 / 7, 6.5 / 7, 7)).toEqual({ across: 0, down: 1 });
    expect(placeUnder(3.5 / 7, 3.5 / 7, 7).across).toBeCloseTo(0.5, 12);
    expect(placeUnder(-1, 2, 7)).toEqual({ across: 0, down: 1 });
    const { x, y } = pointOver(placeUnder(0.31, 0.62, 7), 7);
    expect(x).toBeCloseTo(0.31, 12);
    expect(y).toBeCloseTo(0.62, 12);
  });
});

describe("a score", () => {
  it("is placed between generated and real", () => {
    const references = { real: 4, generated: -2 };
    expect(placeOfScore(0.7, "bce", references)).toBe(0.7);
    expect(placeOfScore(1.2, "lsgan", references)).toBe(1);
    expect(placeOfScore(-1, "hinge", references)).toBe(0);
    expect(placeOfScore(4, "wgan", references)).toBe(0.75);
    expect(placeOfScore(-2, "wgan", references)).toBe(0.25);
    expect(placeOfScore(9, "wgan", { real: 1, generated: 1 })).toBe(1);
  });
});

describe("with the core", () => {
  let ganvas: Ganvas;

  beforeAll(async () => {
    ganvas = await loadGanvas({ tier: "simd", threads: 1 });
  });

  it("positions on a sheet match the core's at each grid point", () => {
    const session = ganvas.createSession({ preset: "quick" });
    const size = session.config().latent_size;
    const drawn = session.drawLatents({ count: 3, seed: 5 });
    const [origin, right, below] = [0, 1, 2].map((index) => rowOf(drawn, index, size));
    if (!origin || !right || !below) throw new Error("three latents");
    const sheet = session.latentPlane({ origin, right, below, rows: 5, columns: 4 });
    expect(sheet.length).toBe(20 * size);
    const far = rowOf(sheet, 19, size);
    for (let index = 0; index < 20; index += 1) {
      const place = { across: (index % 4) / 3, down: Math.floor(index / 4) / 4 };
      const ours = latentAt({ origin, right, below, far }, place);
      for (const [axis, value] of rowOf(sheet, index, size).entries()) {
        expect(ours[axis]).toBeCloseTo(value, 4);
      }
    }
  });

  it("a discriminator that takes classes scores a drawing as the images beside it", async () => {
    const session = ganvas.createSession({ preset: "quick" });
    const judge = await modelOf("run", session as unknown as ClientSession);
    const images = [1, 2, 3].map((seed) => session.sample({ count: 1, seed }).slice());
    const outputs = await Promise.all(images.map((image) => outputOf(judge, image)));
    expect(outputs.map(({ classes }) => classes?.length)).toEqual([10, 10, 10]);
    const total = outputs.reduce((sum, { score }) => sum + score, 0);
    expect(await meanScore(judge, images)).toBeCloseTo(total / 3, 6);
  });

  describe("the bundled discriminator", () => {
    let judge: Session;

    beforeAll(async () => {
      judge = ganvas.createSession({ preset: "quick" });
      const file = new URL("../../assets/models/discriminator.safetensors", import.meta.url);
      judge.load(new Uint8Array(await readFile(file)));
    });

    const mean = (scores: Float32Array): number =>
      scores.reduce((sum, score) => sum + score, 0) / scores.length;

    it("scores images but cannot be trained", () => {
      expect(judge.state().canTrain).toBe(false);
      expect(() => judge.save()).toThrow(expect.objectContaining({ code: "not_trainable" }));
      const samples = new Float32Array(784).fill(-1);
      expect(judge.saliency({ samples }).some((value) => value !== 0)).toBe(true);
    });

    it("scores test digits above its generator's fakes, and noise lowest", async () => {
      const { images } = await loadMnist(unseenFiles(200));
      const real = mean(judge.score({ samples: Float32Array.from(images, (p) => p / 127.5 - 1) }));
      const fakes = mean(judge.score({ samples: judge.sample({ count: 200, seed: 1 }) }));
      const noise = Float32Array.from({ length: 50 * 784 }, (_, i) => Math.sin(i * i));
      expect(real).toBeGreaterThan(fakes + 0.2);
      expect(mean(judge.score({ samples: noise }))).toBeLessThan(0.1);
    });

    it("classifies nearly all test digits correctly", async () => {
      const { images, labels } = await loadMnist(unseenFiles(200));
      const right = labels.filter((label, index) => {
        const input = Float32Array.from(
          images.subarray(784 * index, 784 * (index + 1)),
          (p) => p / 127.5 - 1,
        );
        const layers = judge.layerOutputs({ network: "discriminator", input });
        const logits = [...(layers.at(-1)?.values ?? [])].slice(1);
        return logits.indexOf(Math.max(...logits)) === label;
      });
      expect(right.length).toBeGreaterThan(185);
    });
  });
});
