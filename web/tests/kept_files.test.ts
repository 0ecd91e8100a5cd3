// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the service worker's caches hold after a build could not be kept.

/// <reference path="../service_worker/files.d.ts" />

import { beforeAll, beforeEach, expect, it, vi } from "vitest";

const held = vi.hoisted(() => {
  const names = new Set<string>();
  vi.stubGlobal("BUILD", "2");
  for (const list of ["CODE", "DATA", "LARGE"]) vi.stubGlobal(list, []);
  vi.stubGlobal("self", { registration: { scope: "https://host.test/some/where/" } });
  vi.stubGlobal("caches", {
    has: async (name: string) => names.has(name),
    delete: async (name: string) => names.delete(name),
  });
  return names;
});

/** Opens its cache, and finds no space for the data. */
vi.mock("workbox-precaching/PrecacheController.js", () => ({
  PrecacheController: class {
    readonly #name: string;
    constructor({ cacheName }: { cacheName: string }) {
      this.#name = cacheName;
    }
    addToCacheList(): void {}
    async install(): Promise<void> {
      held.add(this.#name);
      if (this.#name.endsWith("data")) throw new Error("QuotaExceededError");
    }
  },
}));

let keepBuild: (event: object) => Promise<void>;

beforeAll(async () => {
  // By name, since this file is compiled without a service worker's types.
  ({ keepBuild } = await vi.importActual<{ keepBuild: typeof keepBuild }>(
    "../service_worker/kept_files",
  ));
});

beforeEach(() => held.clear());

const CODE_CACHE = "ganvas /some/where/ code 2";

it("the code of a build that cannot be kept takes no space", async () => {
  await expect(keepBuild({})).rejects.toThrow("QuotaExceededError");
  expect([...held]).not.toContain(CODE_CACHE);
});

it("the code of a build that comes back stays, since tabs may use it", async () => {
  held.add(CODE_CACHE);
  await expect(keepBuild({})).rejects.toThrow("QuotaExceededError");
  expect([...held]).toContain(CODE_CACHE);
});
