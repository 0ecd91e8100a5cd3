// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Bytes as text inside an HTML file. What browsers make of such a file is in tests/browser/single_file.spec.ts.

import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toBytes, toText } from "../single_file/seven_bits.mjs";

describe("bytes as text", () => {
  const every = Uint8Array.from({ length: 65_536 * 2 }, (_, at) => (at & 1 ? at >> 1 : at >> 9));

  it("come back as they were, at any length", () => {
    expect(toBytes(toText(every))).toEqual(every);
    for (let length = 0; length < 20; length += 1) {
      const bytes = new Uint8Array(randomBytes(length));
      expect(toBytes(toText(bytes))).toEqual(bytes);
    }
  });

  it("have nothing that HTML replaces or that could end a script", () => {
    expect(toText(every)).not.toMatch(/[\0\r<]/);
  });

  it("are at most 18 % longer in UTF-8", () => {
    expect(Buffer.byteLength(toText(new Uint8Array(randomBytes(100_000))))).toBeLessThan(118_000);
  });
});
