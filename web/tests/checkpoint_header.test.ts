// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page reads of a checkpoint's header, compared with the run that wrote it.

import { describe, expect, it } from "vitest";
import { loadGanvas } from "../engine/loader";
import { readHeader } from "../ui/state/saved_runs/checkpoint_header";

function fileOf(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 8);
  return file;
}

describe("readHeader", () => {
  it("reads the step and the config of a run", async () => {
    const ganvas = await loadGanvas({ tier: "simd" });
    const session = ganvas.createSession({ preset: "toy2d", seed: 12, batch_size: 5 });
    session.setPoints(Float32Array.from({ length: 40 }, (_, index) => Math.sin(index)));
    session.train(3);
    const { step, config } = readHeader(session.save());
    expect(step).toBe(3);
    expect(config).toEqual(session.config());
    session.dispose();
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["text", new TextEncoder().encode("hello, this is a text")],
    ["a header without metadata", fileOf("{}")],
    ["metadata of others", fileOf('{"__metadata__":{"format":"pt"}}')],
    ["null metadata", fileOf('{"__metadata__":null}')],
    ["a negative step", fileOf('{"__metadata__":{"ganvas.step":"-1","ganvas.config":"{}"}}')],
    [
      "a config that is no JSON",
      fileOf('{"__metadata__":{"ganvas.step":"1","ganvas.config":"{"}}'),
    ],
  ])("refuses %s", (_, file) => {
    expect(() => readHeader(file)).toThrow(expect.objectContaining({ code: "bad_magic" }));
  });

  it("says that a file is cut", () => {
    const file = fileOf('{"__metadata__":{"ganvas.step":"1"}}');
    for (const end of [20, -1]) {
      expect(() => readHeader(file.subarray(0, end))).toThrow(
        expect.objectContaining({ code: "truncated" }),
      );
    }
  });
});
