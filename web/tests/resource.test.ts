// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files as streams: what a broken connection becomes.

import { describe, expect, it } from "vitest";
import { GanvasError } from "../engine/errors";
import { peekStream } from "../engine/resource";

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
