// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whatever comes from outside is read or refused, never half read: links, files of digits, pictures, archives
// and checkpoints, as fast-check makes them up and damages them.

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { checkChanges } from "../config/hyper_parameters";
import { LAYER_TYPES, parseLayers, printLayers } from "../config/layer_text";
import { MOST_POINTS, parsePoints, printPoints } from "../config/point_text";
import { PRESETS } from "../config/presets";
import { GanvasError } from "../engine/errors";
import { readIdx } from "../engine/idx";
import { decodePng } from "../engine/png";
import { Undecoded } from "../engine/undecoded";
import { readZipDirectory, readZipEntry } from "../engine/zip";
import { readAddress } from "../ui/state/address";
import { readHeader } from "../ui/state/saved_runs/checkpoint_header";

type Bytes = Uint8Array<ArrayBuffer>;

const bytes = (most: number): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ maxLength: most }).map((array) => Uint8Array.from(array));

/** A file with some bytes replaced, and perhaps cut or made longer. */
const damaged = (file: Uint8Array): fc.Arbitrary<Bytes> =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }),
      length: fc.oneof(fc.constant(file.length), fc.nat(file.length)),
      more: fc.oneof({ weight: 4, arbitrary: fc.constant(new Uint8Array(0)) }, bytes(40)),
    })
    .map(({ changes, length, more }) => {
      const copy = Uint8Array.from(file);
      for (const [at, byte] of changes) copy[at] = byte;
      return Uint8Array.from([...copy.subarray(0, length), ...more]);
    });

/** What it returns, or null for the error that it may have. */
function refusing<T>(kind: typeof GanvasError | typeof Undecoded, action: () => T): T | null {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof kind) return null;
    throw thrown;
  }
}

describe("a link", () => {
  const names = ["preset", "seed", "examples", "pictures", "view", "grid", "speed", "hide", "tier"];
  /** The views read these themselves, and the language and theme are the page's. */
  const others = "lang,theme,threads,model,z,digit,truncation,tool,at,station,experiment".split(
    ",",
  );
  const settings = ["g.layers", "d.lr", "d.optimizer", "g.beta1", "data", "points", "batch_size"];
  const name = fc.oneof(
    fc.constantFrom(...names, ...settings, "threads", "__proto__", "constructor", "toString"),
    fc.string(),
  );
  const value = fc.oneof(
    fc.constantFrom(...PRESETS, "0123456789abcdef", "sgd", "drawn", "max", "train", "linear:7"),
    fc.integer().map(String),
    fc.double().map(String),
    fc.string(),
  );
  const search = fc
    .array(fc.tuple(name, value), { maxLength: 8 })
    .map((pairs) => `?${new URLSearchParams(pairs.map(([key, text]) => [key, text]))}`);

  it("gives valid settings, and uses or names each of its parameters", () => {
    fc.assert(
      fc.property(search, (text) => {
        const { opening, rest } = readAddress(text);
        const { preset, seed, examples } = opening.settings;
        expect(PRESETS).toContain(preset);
        expect(Number.isSafeInteger(seed) && seed >= 0).toBe(true);
        expect(examples >= 1 && examples <= 1 << 20).toBe(true);
        const { changes, problems } = checkChanges(rest, preset);
        const told = new Set([...opening.problems, ...problems].map((problem) => problem.name));
        const known = [...names, ...others, "data", ...Object.keys(changes)];
        for (const key of new URLSearchParams(text).keys()) {
          expect(told.has(key) || known.includes(key), key).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("has settings that are valid again as they are printed", () => {
    fc.assert(
      fc.property(search, (text) => {
        const { opening, rest } = readAddress(text);
        const { changes } = checkChanges(rest, opening.settings.preset);
        expect(checkChanges(changes, opening.settings.preset)).toEqual({ changes, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a text of a link", () => {
  it("has the points that were printed into it, and no other text has them", () => {
    const drawn = fc.array(fc.nat(255), { minLength: 2, maxLength: 2 * MOST_POINTS });
    fc.assert(
      fc.property(drawn, (levels) => {
        const even = levels.slice(0, levels.length - (levels.length % 2));
        const points = Float32Array.from(even, (level) => (2 * level) / 255 - 1);
        expect(parsePoints(printPoints(points))).toEqual(points);
      }),
    );
    const near = fc.string({ unit: fc.constantFrom(..."AZaz09-_=+/ "), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        const points = parsePoints(text);
        if (points !== null) expect(printPoints(points)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("has layers that are printed in one way", () => {
    const word = fc
      .tuple(
        fc.constantFrom(...LAYER_TYPES, "", "nonsense"),
        fc.array(fc.oneof(fc.integer().map(String), fc.double().map(String), fc.string()), {
          maxLength: 4,
        }),
      )
      .map(([type, values]) => [type, ...values].join(":"));
    const plain = fc
      .tuple(fc.constantFrom(...LAYER_TYPES), fc.array(fc.integer({ min: 1, max: 64 })))
      .map(([type, values]) => [type, ...values.slice(0, 5)].join(":"));
    fc.assert(
      fc.property(fc.array(fc.oneof(word, plain), { maxLength: 4 }), (words) => {
        const layers = parseLayers(words.join(","));
        if (layers !== null) expect(parseLayers(printLayers(layers))).toEqual(layers);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("a file of digits", () => {
  const PIXELS = Uint8Array.from({ length: 6 * 4 }, (_, at) => at * 9);
  const IDX = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 2, 0, 0, 0, 2, ...PIXELS]);
  const request = { name: "digits", itemShape: [2, 2], count: 6 };

  function streamOf(file: Bytes, cuts: readonly number[]): ReadableStream<Bytes> {
    const places = [0, ...cuts.map((cut) => cut % (file.length + 1)), file.length];
    places.sort((a, b) => a - b);
    const parts = places
      .slice(1)
      .map((end, index) => file.slice(places[index], end))
      .filter(({ length }) => length > 0);
    return new ReadableStream({
      pull: (controller) => {
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    });
  }

  it("gives its pixels however it arrives, and each damage is an error or harmless", async () => {
    const cuts = fc.array(fc.nat(), { maxLength: 6 });
    for (const file of [IDX, new Uint8Array(gzipSync(IDX))]) {
      const whole = fc.constant(Uint8Array.from(file));
      await fc.assert(
        fc.asyncProperty(fc.oneof(whole, damaged(file)), cuts, async (given, places) => {
          const read = await readIdx(streamOf(given, places), request).catch((thrown: unknown) => {
            expect(thrown).toBeInstanceOf(GanvasError);
            return null;
          });
          if (read !== null) expect(read.length).toBe(PIXELS.length);
          if (Buffer.compare(given, file) === 0) expect(read).toEqual(PIXELS);
        }),
        { numRuns: 400 },
      );
    }
  });
});

describe("a picture or an archive", () => {
  it("that is a damaged PNG has all of its pixels or is refused", () => {
    const data = Uint8Array.from({ length: 5 * 4 * 3 }, (_, at) => at * 4);
    const file = encode({ width: 5, height: 4, channels: 3, depth: 8, data });
    fc.assert(
      fc.property(damaged(file), (given) => {
        const pixels = refusing(Undecoded, () => decodePng(given));
        if (pixels === null) return;
        expect(pixels.rgba.length).toBe(4 * pixels.width * pixels.height);
      }),
      { numRuns: 2000 },
    );
  });

  it("that is a damaged ZIP has the contents that were put into it or is refused", () => {
    const contents = { "a/one.txt": Buffer.from("one one one one"), "two.txt": Buffer.from("2") };
    const file = zipSync(contents);
    const held = new Set(Object.values(contents).map(String));
    let at: Bytes;
    // A Blob that can be read at once.
    const blobOf = (whole: Bytes): Blob =>
      ({
        size: whole.length,
        slice: (from: number, to?: number) => blobOf(whole.slice(from, to)),
        whole,
      }) as unknown as Blob;
    const read = (blob: Blob): Bytes => (blob as unknown as { readonly whole: Bytes }).whole;
    fc.assert(
      fc.property(damaged(file), (given) => {
        at = given;
        const entries = refusing(GanvasError, () => readZipDirectory(blobOf(at), "a.zip", read));
        for (const entry of entries ?? []) {
          const content = refusing(Undecoded, () => readZipEntry(blobOf(at), entry, 1000, read));
          if (content !== null && entry.crc !== 0) {
            expect(held).toContain(Buffer.from(content).toString());
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a checkpoint", () => {
  it("that is damaged has a step and a config with a preset or is refused", () => {
    const config = JSON.stringify({ preset: "quick", generator: {} });
    const metadata = { "ganvas.step": "128", "ganvas.config": config };
    const json = Buffer.from(JSON.stringify({ __metadata__: metadata }));
    const length = new Uint8Array(new BigUint64Array([BigInt(json.length)]).buffer);
    const file = Uint8Array.from([...length, ...json]);
    expect(readHeader(file).step).toBe(128);
    fc.assert(
      fc.property(fc.oneof(damaged(file), bytes(200)), (given) => {
        const header = refusing(GanvasError, () => readHeader(given));
        if (header === null) return;
        expect(Number.isSafeInteger(header.step) && header.step >= 0).toBe(true);
        expect(header.config.preset).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});
