// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX stream, with files made by Node's zlib: what it accepts, where it stops, and its error
// for each kind of broken file.

import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GanvasError } from "../engine/errors";
import { loadMnist, type MnistOptions, type MnistProgress } from "../engine/mnist";
import { TestServer } from "./http_server";

const COUNT = 3000;
const PIXELS = 784;

/** Bytes that gzip cannot compress much, so that a download can be stopped half-way. */
function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

function idx(shape: readonly number[], items: Uint8Array, type = 8): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(4 + 4 * shape.length + items.length);
  const view = new DataView(file.buffer);
  view.setUint8(2, type);
  view.setUint8(3, shape.length);
  shape.forEach((side, index) => {
    view.setUint32(4 + 4 * index, side);
  });
  file.set(items, 4 + 4 * shape.length);
  return file;
}

const pixels = noise(COUNT * PIXELS, 1);
const classes = noise(COUNT, 2).map((byte) => byte % 10);
const images = idx([COUNT, 28, 28], pixels);
const labels = idx([COUNT], classes);

let server: TestServer;
let goodLabels: string;

beforeAll(async () => {
  server = await TestServer.start();
  goodLabels = server.serve("labels.gz", { bytes: gzipSync(labels) });
});

afterAll(() => server.stop());

function load(name: string, bytes: Uint8Array, options: Partial<MnistOptions> = {}) {
  const imagesUrl = server.serve(name, { bytes });
  return loadMnist({ imagesUrl, labelsUrl: goodLabels, examples: COUNT, ...options });
}

/** Like toEqual, which takes seconds for arrays of millions. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(actual, expected)).toBe(0);
}

async function failure(promise: Promise<unknown>): Promise<GanvasError> {
  const thrown = await promise.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(GanvasError);
  return thrown as GanvasError;
}

describe("loadMnist", () => {
  it("reads everything, gzipped", async () => {
    const digits = await load("all.gz", gzipSync(images));
    expectSame(digits.images, pixels);
    expect(digits.labels).toEqual(classes);
  });

  it("reads a file that the server has decompressed or marked as encoded", async () => {
    expectSame((await load("plain", images)).images, pixels);
    const imagesUrl = server.serve("encoded.gz", {
      bytes: gzipSync(images),
      headers: { "content-encoding": "gzip" },
    });
    const options = { imagesUrl, labelsUrl: goodLabels, examples: COUNT };
    expectSame((await loadMnist(options)).images, pixels);
  });

  it("reads the first few and stops the download", async () => {
    const bytes = gzipSync(images);
    const digits = await load("few.gz", bytes, { examples: 100 });
    expectSame(digits.images, pixels.slice(0, 100 * PIXELS));
    expect(digits.labels).toEqual(classes.slice(0, 100));
    const sentAtOnce = server.sent.get("/few.gz") ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.sent.get("/few.gz")).toBeLessThanOrEqual(sentAtOnce + 65536);
    expect(server.sent.get("/few.gz")).toBeLessThan(bytes.length);
  });

  it("reports its progress", async () => {
    const seen: MnistProgress[] = [];
    await load("progress.gz", gzipSync(images), { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.map(({ examples }) => examples)).toEqual(
      seen.map(({ examples }) => examples).sort((a, b) => a - b),
    );
    expect(seen.at(-1)).toMatchObject({ examples: COUNT, total: COUNT });
    expect(seen.at(-1)?.bytes).toBeGreaterThan(COUNT * PIXELS * 0.9);
  });

  it("aborts on request", async () => {
    const aborter = new AbortController();
    const onProgress = (): void => aborter.abort();
    const pending = load("abort.gz", gzipSync(images), { signal: aborter.signal, onProgress });
    expect((await failure(pending)).code).toBe("aborted");
    const already = load("abort2.gz", gzipSync(images), { signal: AbortSignal.abort() });
    expect((await failure(already)).code).toBe("aborted");
  });
});

describe("a broken file", () => {
  it("that is cut off is truncated, gzipped or not", async () => {
    const cut = await failure(load("cut.gz", gzipSync(images).subarray(0, -50000)));
    expect(cut.code).toBe("truncated");
    expect(cut.message).toContain("cut.gz");
    const plain = await failure(load("cut", images.subarray(0, -1)));
    expect(plain.code).toBe("truncated");
    expect(plain.message).toContain("2351999 of 2352000");
    expect((await failure(load("header.gz", gzipSync(images.subarray(0, 10))))).code).toBe(
      "truncated",
    );
    expect((await failure(load("empty", new Uint8Array(0)))).code).toBe("truncated");
  });

  it("of another format has bad magic", async () => {
    expect(
      (await failure(load("text", new TextEncoder().encode("<!doctype html>".padEnd(100))))).code,
    ).toBe("bad_magic");
    const floats = idx([COUNT, 28, 28], pixels, 0x0d);
    expect((await failure(load("floats.gz", gzipSync(floats)))).code).toBe("bad_magic");
  });

  it("of other dimensions is a shape mismatch", async () => {
    expect((await failure(load("labels-instead.gz", gzipSync(labels)))).code).toBe(
      "shape_mismatch",
    );
    const wide = await failure(load("wide.gz", gzipSync(idx([COUNT, 14, 56], pixels))));
    expect(wide.code).toBe("shape_mismatch");
    expect(wide.message).toContain("14 x 56");
  });

  it("with too few examples reports their number", async () => {
    const few = await failure(load("small.gz", gzipSync(images), { examples: COUNT + 1 }));
    expect(few.code).toBe("invalid_argument");
    expect(few.message).toContain("3000");
  });

  it("with bytes after its last image is malformed", async () => {
    const longer = idx([COUNT, 28, 28], noise(COUNT * PIXELS + 1, 1));
    expect((await failure(load("longer.gz", gzipSync(longer)))).code).toBe("malformed");
  });

  it("with damaged compression is malformed", async () => {
    const damaged = gzipSync(images);
    damaged.fill(0xff, 10, 30);
    expect((await failure(load("damaged.gz", damaged))).code).toBe("malformed");
  });
});

describe("a failing server", () => {
  it("is reported with its status", async () => {
    const imagesUrl = server.serve("gone", { bytes: new Uint8Array(0) }).replace("gone", "404.gz");
    const missing = await failure(loadMnist({ imagesUrl, labelsUrl: goodLabels, examples: 1 }));
    expect(missing.code).toBe("fetch_failed");
    expect(missing.message).toContain("404");
  });

  it("that disconnects midway is a broken connection, not a truncated file", async () => {
    const imagesUrl = server.serve("hangup.gz", { bytes: gzipSync(images), breakAfter: 200000 });
    const broken = await failure(loadMnist({ imagesUrl, labelsUrl: goodLabels, examples: COUNT }));
    expect(broken.code).toBe("fetch_failed");
  });

  it("that does not exist cannot be reached", async () => {
    const imagesUrl = "http://127.0.0.1:1/images.gz";
    const gone = await failure(loadMnist({ imagesUrl, labelsUrl: goodLabels, examples: 1 }));
    expect(gone.code).toBe("fetch_failed");
  });
});

describe("the number of examples", () => {
  it.each([0, -1, 1.5, Number.NaN])("%s is rejected", async (examples) => {
    expect((await failure(load("never.gz", images, { examples }))).code).toBe("invalid_argument");
  });
});
