// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's small pure parts: the address, the choice of a language, colours, and axis ranges.

import { describe, expect, it } from "vitest";
import {
  asksForBenchmark,
  DEFAULT_SETTINGS,
  parseWhole,
  readEngineOptions,
  readSettings,
} from "../ui/address";
import { greyScale, parseHex } from "../ui/grey_scale";
import { matchLocale, preferredLocale } from "../ui/locale_choice";
import { lossTop } from "../ui/loss_scale";

describe("the address", () => {
  it("gives seed and examples, each with its default", () => {
    expect(readSettings("")).toEqual(DEFAULT_SETTINGS);
    expect(readSettings("?seed=7")).toEqual({ ...DEFAULT_SETTINGS, seed: 7 });
    expect(readSettings("?examples=500&seed=0&preset=dcgan")).toEqual({
      preset: "dcgan",
      seed: 0,
      examples: 500,
    });
  });

  it.each([
    "?seed=-1",
    "?seed=1.5",
    "?seed=",
    "?seed=abc",
    "?seed=9007199254740992",
    "?examples=0",
    "?examples=60001",
    "?examples=1e3",
    "?preset=",
    "?preset=Quick",
    "?preset=toy2d",
  ])("ignores %s", (search) => {
    expect(readSettings(search)).toEqual(DEFAULT_SETTINGS);
  });

  it("can ask for a tier and a number of threads", () => {
    expect(readEngineOptions("")).toEqual({ tier: "auto", threads: "auto" });
    expect(readEngineOptions("?tier=simd&threads=2")).toEqual({ tier: "simd", threads: 2 });
    expect(readEngineOptions("?tier=fast&threads=99")).toEqual({ tier: "auto", threads: "auto" });
  });

  it("can ask for the benchmark", () => {
    expect(asksForBenchmark("?seed=2&view=benchmark")).toBe(true);
    expect(asksForBenchmark("?view=")).toBe(false);
    expect(asksForBenchmark("")).toBe(false);
  });

  it("takes the largest whole number that JavaScript holds exactly", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(parseWhole(String(most), 0, most)).toBe(most);
    expect(parseWhole(` 42 `, 0, most)).toBe(42);
    expect(parseWhole(null, 0, most)).toBeNull();
  });
});

describe("the language", () => {
  it.each([
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["ZH-hant-TW", "zh-Hans"],
    ["en-GB", "en"],
    ["de", null],
    ["", null],
  ])("of %s is %s", (tag, locale) => {
    expect(matchLocale(tag)).toBe(locale);
  });

  it("is the first wish that we can fulfil, else English", () => {
    expect(preferredLocale([null, "fr", "zh-CN", "en"])).toBe("zh-Hans");
    expect(preferredLocale(["en", "zh"])).toBe("en");
    expect(preferredLocale([null, "fr"])).toBe("en");
  });
});

describe("the grey scale", () => {
  it("runs from one colour to the other", () => {
    const scale = greyScale("#ffffff", "#102030");
    expect(scale.length).toBe(256);
    // Little-endian RGBA.
    expect(scale[0]).toBe(0xffffffff);
    expect(scale[255]).toBe(0xff302010);
    expect((scale[128] ?? 0) & 0xff).toBe(Math.round(255 + (0x10 - 255) * (128 / 255)));
  });

  it("reads short and long hexadecimal colours, and no others", () => {
    expect(parseHex("#fff")).toEqual([255, 255, 255]);
    expect(parseHex("#1a2B3c")).toEqual([0x1a, 0x2b, 0x3c]);
    expect(() => parseHex("white")).toThrow(/white/);
  });
});

describe("the loss axis", () => {
  it("ends at a round number above the data, and keeps the reference in sight", () => {
    expect(lossTop(null, Math.LN2)).toBe(1.5);
    expect(lossTop(0.1, Math.LN2)).toBe(1.5);
    expect(lossTop(2.76, Math.LN2)).toBe(3);
    expect(lossTop(7.9, Math.LN2)).toBe(10);
  });
});
