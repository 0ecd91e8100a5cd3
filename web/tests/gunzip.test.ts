// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// gzip in a browser without DecompressionStream: the same bytes, and an error for each kind of damage.

import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loadGanvas } from "../engine/loader";
import { loadMnist } from "../engine/mnist";
import { TestServer } from "./http_server";
import { MODULES_URL, mnistFiles } from "./real_assets";

const LABELS = Uint8Array.from({ length: 200_000 }, (_, index) => index % 7);
const FILE = Uint8Array.from([0, 0, 8, 1, 0, 3, 0x0d, 0x40, ...LABELS]);
const IMAGES = Uint8Array.from([0, 0, 8, 3, 0, 3, 0x0d, 0x40, 0, 0, 0, 28, 0, 0, 0, 28]);
/** FILE as two gzip members, with zeros behind them as on a tape. */
const MEMBERS = Buffer.concat([
  gzipSync(FILE.subarray(0, 1000)),
  gzipSync(FILE.subarray(1000)),
  Buffer.alloc(512),
]);

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});

afterAll(() => server.stop());

beforeEach(() => {
  vi.stubGlobal("DecompressionStream", undefined);
  return () => vi.unstubAllGlobals();
});

/** Reads as many labels as the file has, beside images that never fail first. */
function labelsOf(name: string, bytes: Uint8Array) {
  const plain = new Uint8Array(IMAGES.length + 784 * LABELS.length);
  plain.set(IMAGES);
  const imagesUrl = server.serve("images", { bytes: plain });
  const labelsUrl = server.serve(name, { bytes });
  return loadMnist({ imagesUrl, labelsUrl, examples: LABELS.length });
}

/** A copy with one byte changed; negative positions count from the end. */
function changed(bytes: Uint8Array, position: number): Uint8Array {
  const copy = bytes.slice();
  copy.set([(copy.at(position) ?? 0) ^ 1], position < 0 ? copy.length + position : position);
  return copy;
}

describe("without DecompressionStream", () => {
  it("digits and the core are read", async () => {
    const { images, labels } = await loadMnist(mnistFiles(60_000));
    vi.unstubAllGlobals();
    const usual = await loadMnist(mnistFiles(60_000));
    expect(Buffer.compare(images, usual.images)).toBe(0);
    expect(Buffer.compare(labels, usual.labels)).toBe(0);
    vi.stubGlobal("DecompressionStream", undefined);
    const { info } = await loadGanvas({ tier: "simd", threads: 1, baseUrl: MODULES_URL });
    expect(info.build).toBe("simd");
  });

  it.each([
    ["a changed byte of the data", (file: Uint8Array) => changed(file, 300)],
    ["another checksum", (file: Uint8Array) => changed(file, -6)],
    ["another length", (file: Uint8Array) => changed(file, -1)],
    ["a cut-off end", (file: Uint8Array) => file.subarray(0, -3)],
    ["zeros and more after its end", (file: Uint8Array) => Buffer.concat([file, Buffer.of(0, 1)])],
  ])("a file with %s is an error", async (_, damage) => {
    const thrown = labelsOf("labels.gz", damage(gzipSync(FILE)));
    await expect(thrown).rejects.toMatchObject({
      code: expect.stringMatching(/^(truncated|malformed)$/),
    });
  });

  it("several members with zeros behind them are one file", async () => {
    const { labels } = await labelsOf("labels.gz", MEMBERS);
    expect(Buffer.compare(labels, LABELS)).toBe(0);
  });
});

it("reads several members where a browser's own means refuse them", async () => {
  // As Chromium, Firefox and WebKit do, and Node from 24 on.
  class Refusing extends TransformStream {
    constructor() {
      super({
        transform: () => {
          throw new TypeError("Junk found after end of compressed data.");
        },
      });
    }
  }
  vi.stubGlobal("DecompressionStream", Refusing);
  const { labels } = await labelsOf("labels.gz", MEMBERS);
  expect(Buffer.compare(labels, LABELS)).toBe(0);
});

describe("a gzip file whose server undoes the compression", () => {
  it("says that browsers drop all members but the first", async () => {
    // Node would read on; this is what browsers give of a file of two members.
    const kept = labelsOf("labels.gz", FILE.subarray(0, 5000));
    await expect(kept).rejects.toMatchObject({
      code: "truncated",
      message: expect.stringContaining("only the first of several gzip members"),
    });
  });
});
