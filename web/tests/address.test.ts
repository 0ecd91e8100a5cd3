// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Links: defaults, rejected values, and that written addresses read back the same.

import { describe, expect, it, vi } from "vitest";
import { checkChanges } from "../config/hyper_parameters";
import { parseWhole } from "../config/settings";
import { changedUrl } from "../ui/platform/link";
import type { PageHooks } from "../ui/platform/page_hooks";
import {
  asksForBenchmark,
  DEFAULT_SETTINGS,
  readAddress,
  readEngineOptions,
  writeSettings,
} from "../ui/state/address";

describe("the address", () => {
  it("gives preset, seed and examples, each with a default", () => {
    expect(readAddress("").opening.settings).toEqual(DEFAULT_SETTINGS);
    expect(readAddress("?seed=7").opening.settings).toEqual({ ...DEFAULT_SETTINGS, seed: 7 });
    expect(readAddress("?examples=500&seed=0&preset=dcgan").opening.settings).toEqual({
      preset: "dcgan",
      seed: 0,
      examples: 500,
      pictures: null,
      changes: {},
    });
  });

  it("sets the display options", () => {
    const { opening } = readAddress("?view=train&grid=12&speed=5&hide=curves,diagram&theme=dark");
    expect(opening).toMatchObject({ mode: "train", grid: 12, speed: 5, problems: [] });
    expect([...opening.hidden].sort()).toEqual(["curves", "diagram"]);
    expect(readAddress("").opening).toMatchObject({ mode: "pretrained", grid: null, speed: null });
  });

  it("accepts a panel's former name", () => {
    const { opening } = readAddress("?hide=machine");
    expect([...opening.hidden]).toEqual(["diagram"]);
    expect(opening.problems).toEqual([]);
  });

  it.each([
    "seed=-1",
    "seed=1.5",
    "seed=",
    "seed=abc",
    "seed=9007199254740992",
    "examples=0",
    "examples=60001",
    "examples=1e3",
    "preset=",
    "preset=Quick",
    "preset=toy3d",
    "preset=pictures",
    "grid=7",
    "grid=1000",
    "speed=0",
    "view=elsewhere",
    "hide=curves,everything",
    "lang=xx",
    "theme=blue",
    "tier=fast",
    "threads=99",
  ])("reports %s as a problem and ignores it", (query) => {
    const { opening } = readAddress(`?${query}`);
    const [name = "", value = ""] = query.split("=");
    expect(opening.problems).toEqual([{ name, value }]);
    expect(opening).toMatchObject({
      settings: DEFAULT_SETTINGS,
      mode: "pretrained",
      grid: null,
      speed: null,
    });
  });

  it("limits the speed of points by default", () => {
    expect(readAddress("?preset=toy2d").opening.speed).toBe(200);
    expect(readAddress("?preset=toy2d&speed=7").opening.speed).toBe(7);
    expect(readAddress("?preset=toy2d&speed=max").opening).toMatchObject({
      speed: null,
      problems: [],
    });
    expect([...readAddress("?hide=field,arrows").opening.hidden]).toEqual(["field", "arrows"]);
  });

  it("does not confuse parameters with properties of objects", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(readAddress(`?${name}=1`).opening.settings).toEqual(DEFAULT_SETTINGS);
      expect(checkChanges({ [name]: "1" }, "quick").changes).toEqual({});
    }
  });

  it("passes other parameters on to the hyper-parameters", () => {
    const { rest, opening } = readAddress("?batch_size=8&g.lr=0.01&utm=x");
    expect(opening.problems).toEqual([]);
    expect(checkChanges(rest, "quick")).toEqual({
      changes: { batch_size: "8", "g.lr": "0.01" },
      problems: [{ name: "utm", value: "x" }],
    });
  });

  it("is written readably", () => {
    const url = changedUrl("https://host/page/?seed=1&old=2#part", {
      old: null,
      "d.layers": "linear:1,sigmoid",
    });
    expect(url).toBe("https://host/page/?seed=1&d.layers=linear:1,sigmoid#part");
    expect(readAddress(new URL(url).search).rest).toEqual({ "d.layers": "linear:1,sigmoid" });
  });

  it("is given the changes of a run in the place of those of the run before", () => {
    const write = vi.fn();
    const page = { search: "?g.lr=0.1&d.lr=0.2&theme=dark", write } as unknown as PageHooks;
    writeSettings(page, { ...DEFAULT_SETTINGS, seed: 7, changes: { "g.lr": "0.3" } });
    expect(write).toHaveBeenCalledOnce();
    expect(write.mock.lastCall?.[0]).toMatchObject({ seed: "7", "g.lr": "0.3", "d.lr": null });
    expect(write.mock.lastCall?.[0]).not.toHaveProperty("theme");
  });

  it("opens on one thread on a page that cannot have more", () => {
    vi.stubGlobal("crossOriginIsolated", false);
    expect(readEngineOptions("?threads=2").threads).toBe("auto");
    expect(readEngineOptions("?threads=1").threads).toBe(1);
    expect(readAddress("?threads=2").opening.problems).toEqual([{ name: "threads", value: "2" }]);
    vi.unstubAllGlobals();
  });

  it("can request a tier and a number of threads", () => {
    expect(readEngineOptions("")).toEqual({ tier: "auto", threads: "auto" });
    expect(readEngineOptions("?tier=simd&threads=2")).toEqual({ tier: "simd", threads: 2 });
    expect(readEngineOptions("?tier=fast&threads=99")).toEqual({ tier: "auto", threads: "auto" });
  });

  it("can request the benchmark", () => {
    expect(asksForBenchmark("?seed=2&view=benchmark")).toBe(true);
    expect(asksForBenchmark("?view=")).toBe(false);
    expect(asksForBenchmark("")).toBe(false);
  });

  it("accepts the largest integer that JavaScript represents exactly", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(parseWhole(String(most), 0, most)).toBe(most);
    expect(parseWhole(` 42 `, 0, most)).toBe(42);
    expect(parseWhole(null, 0, most)).toBeNull();
  });
});
