// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files as streams: what a server's answer and a broken connection become.

import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GanvasError } from "../engine/errors";
import { countBytes, peekStream, readResource } from "../engine/resource";
import { TestServer } from "./http_server";

/** Gives out one byte per chunk, then breaks. */
function breaksAfter(chunks: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let given = 0;
  return new ReadableStream({
    pull(controller) {
      if (given === chunks) controller.error(new TypeError("terminated"));
      else controller.enqueue(Uint8Array.of(given));
      given += 1;
    },
  });
}

const failure = (thrown: unknown): GanvasError =>
  new GanvasError("fetch_failed", "The connection broke.", { cause: thrown });

describe("a stream that is looked into", () => {
  it("fails with the caller's error when it breaks before the first byte", async () => {
    await expect(peekStream(breaksAfter(0), failure)).rejects.toMatchObject({
      code: "fetch_failed",
      cause: { message: "terminated" },
    });
  });

  it("gives out its beginning and fails with the caller's error when it breaks later", async () => {
    const [head, whole] = await peekStream(breaksAfter(2), failure);
    expect([...head]).toEqual([0]);
    const reader = whole.getReader();
    expect([...((await reader.read()).value ?? [])]).toEqual([0]);
    expect([...((await reader.read()).value ?? [])]).toEqual([1]);
    await expect(reader.read()).rejects.toMatchObject({ code: "fetch_failed" });
  });
});

describe("a stream whose bytes are counted", () => {
  const pieces = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      start(controller) {
        for (let i = 0; i < 50; i += 1) controller.enqueue(new Uint8Array(10));
        controller.close();
      },
    });

  it("tells of every piece, or now and then and at the end", async () => {
    const [each, some]: [number[], number[]] = [[], []];
    await new Response(countBytes(pieces(), (loaded) => each.push(loaded))).arrayBuffer();
    expect(each.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => 10 * (i + 1)));
    await new Response(countBytes(pieces(), (loaded) => some.push(loaded), 60_000)).arrayBuffer();
    expect(some).toEqual([10, 500]);
  });

  it("goes on where whoever is told throws, and that is reported as uncaught", async () => {
    const reports: (() => void)[] = [];
    vi.stubGlobal("queueMicrotask", (report: () => void) => reports.push(report));
    const counted = countBytes(pieces(), () => {
      throw new RangeError("a fault of the page");
    });
    const { byteLength } = await new Response(counted).arrayBuffer();
    vi.unstubAllGlobals();
    expect(byteLength).toBe(500);
    expect(reports[0]).toThrow("a fault of the page");
  });
});

describe("a file from a server", () => {
  const FILE = new TextEncoder().encode("a file, ".repeat(1000));
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** What is told of its size while it comes. */
  async function totals(url: string): Promise<(number | null)[]> {
    const told = new Set<number | null>();
    await readResource(url, { onProgress: ({ total }) => told.add(total) });
    return [...told];
  }

  it("has a known size, unless the server has compressed it", async () => {
    const headers = { "content-encoding": "gzip" };
    expect(await totals(server.serve("plain", { bytes: FILE }))).toEqual([FILE.length]);
    expect(await totals(server.serve("packed", { bytes: gzipSync(FILE), headers }))).toEqual([
      null,
    ]);
  });

  it("is unpacked where it is gzipped, whoever undoes that", async () => {
    const packed = gzipSync(FILE);
    expect(await readResource(server.serve("file.gz", { bytes: packed }))).toEqual(FILE);
    const headers = { "content-encoding": "gzip" };
    expect(await readResource(server.serve("undone.gz", { bytes: packed, headers }))).toEqual(FILE);
  });

  it("is damaged where its gzip is, and read once more", async () => {
    const packed = gzipSync(FILE);
    const flipped = Uint8Array.from(packed);
    const checksum = packed.length - 8;
    flipped[checksum] = 1 + (flipped[checksum] ?? 0);
    for (const [name, bytes] of [
      ["cut.gz", packed.subarray(0, -20)],
      ["flipped.gz", flipped],
    ] as const) {
      const bad = readResource(server.serve(name, { bytes }));
      await expect(bad).rejects.toMatchObject({ code: "malformed" });
      const mended = server.serve(`mended_${name}`, { bytes }, { bytes: packed });
      expect(await readResource(mended)).toEqual(FILE);
    }
  });

  it("is not there where a page is in its place", async () => {
    const headers = { "content-type": "text/html; charset=utf-8" };
    const loading = readResource(server.serve("page", { bytes: FILE, headers }));
    await expect(loading).rejects.toMatchObject({ code: "fetch_failed" });
  });

  it("is read past every cache after it was damaged", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const loading = readResource(server.serve("other", { bytes: FILE }), {
      sha256: "0".repeat(64),
    });
    await expect(loading).rejects.toMatchObject({ code: "malformed" });
    expect(fetched.mock.calls.map(([, init]) => init?.cache)).toEqual([undefined, "reload"]);
    fetched.mockRestore();
  });
});
