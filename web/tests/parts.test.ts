// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Code that is loaded later, and does not come.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { importPart, STALL_MS } from "../engine/parts";

const missing = (): Promise<never> => Promise.reject(new TypeError("Failed to fetch"));
const there = async (): Promise<string> => "code";

beforeEach(async () => {
  // Failures in a row are counted.
  await importPart(there);
});

afterEach(() => {
  vi.useRealTimers();
});

it("a part that failed once is to be tried again, and after that the page to be reloaded", async () => {
  await expect(importPart(missing)).rejects.toMatchObject({ code: "fetch_failed" });
  await expect(importPart(missing)).rejects.toMatchObject({ code: "reload_needed" });
  await expect(importPart(there)).resolves.toBe("code");
  await expect(importPart(missing)).rejects.toMatchObject({ code: "fetch_failed" });
});

it("a part that stalls cannot be asked for again in this page", async () => {
  vi.useFakeTimers();
  const stalled = importPart(() => new Promise<never>(() => {}));
  const told = expect(stalled).rejects.toMatchObject({ code: "reload_needed" });
  await vi.advanceTimersByTimeAsync(STALL_MS);
  await told;
});
