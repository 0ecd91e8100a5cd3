// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Small pure parts of the page: languages, number formats, colours, axis ranges, and why no faster engine runs.

import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type { EngineInfo } from "../engine/types";
import { lossTop } from "../ui/charts/loss_scale";
import { formatSteps } from "../ui/charts/step_labels";
import { greyPixels, greyScale, parseHex } from "../ui/pixels/grey_scale";
import { formatBytes, formatFixed, formatSmall, shorten } from "../ui/platform/format";
import { matchLocale, preferredLocale } from "../ui/platform/locale_choice";
import { describeFallback } from "../ui/words/fallback_words";
import { describeRange, torchName } from "../ui/words/layer_words";

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

  it("is the first available preference, else English", () => {
    expect(preferredLocale([null, "fr", "zh-CN", "en"])).toBe("zh-Hans");
    expect(preferredLocale(["en", "zh"])).toBe("en");
    expect(preferredLocale([null, "fr"])).toBe("en");
  });
});

describe("what the page says without JavaScript", () => {
  it.each(["index.html", "single_file/page_html.mjs"])("is in both languages in %s", (path) => {
    const page = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
    const [, words = ""] = /<noscript>(.*?)<\/noscript>/s.exec(page) ?? [];
    expect(words).toMatch(/needs JavaScript\..*lang="zh-Hans">.*需要启用 JavaScript/s);
  });
});

describe("a text", () => {
  it("of bytes has the unit that makes it short, and a space that does not break", () => {
    expect(formatBytes(5_600)).toBe("5.6\u00a0kB");
    expect(formatBytes(61_400)).toBe("61\u00a0kB");
    expect(formatBytes(1_620_000)).toBe("1.6\u00a0MB");
  });

  it("of an unknown number is a dash", () => {
    expect(formatFixed(Number.NaN, 3)).toBe("–");
    expect(formatSmall(Number.NaN, 3)).toBe("–");
  });

  it("of a number below its last digit says so", () => {
    expect(formatSmall(0.0004, 3)).toBe("< 0.001");
    expect(formatSmall(0.0016, 3)).toBe("0.002");
  });

  it("of the steps of an axis is short where that is exact, and tells all of them apart", () => {
    expect(formatSteps([0, 5000, 10_000, 15_000])).toEqual(["0", "5,000", "10K", "15K"]);
    expect(formatSteps([24_000, 24_005, 24_010])).toEqual(["24,000", "24,005", "24,010"]);
    expect(formatSteps([1.9e6, 1.95e6, 2e6])).toEqual(["1,900,000", "1,950,000", "2,000,000"]);
  });

  it("of somebody else's is cut only if it is too long", () => {
    expect(shorten("twelve chars", 12)).toBe("twelve chars");
    expect(shorten("thirteen char", 12)).toBe("thirteen ch…");
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

  it("has one colour for each of 256 values, and those of its ends beyond them", () => {
    const levels = Uint32Array.from({ length: 256 }, (_, level) => level);
    expect(Array.from(levels, greyPixels(levels, 0, 255))).toEqual([...levels]);
    expect([-2, 2].map(greyPixels(levels, -1, 1))).toEqual([0, 255]);
  });

  it("accepts short and long hexadecimal colours only", () => {
    expect(parseHex("#fff")).toEqual([255, 255, 255]);
    expect(parseHex("#1a2B3c")).toEqual([0x1a, 0x2b, 0x3c]);
    expect(() => parseHex("white")).toThrow(/white/);
  });
});

describe("the loss axis", () => {
  it("ends at a round number above the data, with the reference in sight", () => {
    expect(lossTop(null, Math.LN2)).toBe(1.5);
    expect(lossTop(0.1, Math.LN2)).toBe(1.5);
    expect(lossTop(2.76, Math.LN2)).toBe(3);
    expect(lossTop(7.9, Math.LN2)).toBe(10);
  });
});

describe("a layer", () => {
  it.each([
    ["linear", [8], "Linear"],
    ["batch_norm", [8], "BatchNorm1d"],
    ["batch_norm", [4, 7, 7], "BatchNorm2d"],
    ["upsample2x", [4, 14, 14], "Upsample"],
    ["reshape", [1, 28, 28], "Unflatten"],
    ["class_concat", [110], "cat(class)"],
  ] as const)("of type %s with output (%s) is torch.nn's %s", (type, shape, name) => {
    expect(torchName(type, shape)).toBe(name);
  });
});

describe("a range", () => {
  it("is told with its ends, and whether they are in it", () => {
    expect(describeRange("whole", { least: 1, most: 8 })).toBe("A whole number from 1 to 8.");
    expect(describeRange("real", { least: 0, most: 2 })).toBe("A number from 0 to 2.");
    expect(describeRange("real", { least: 0, below: 1 })).toBe("A number from 0 to less than 1.");
  });
});

describe("why no faster engine runs", () => {
  const info: EngineInfo = {
    tier: "simd",
    build: "simd",
    threads: 1,
    fma: false,
    version: "0",
    fallback: { wanted: "relaxed-mt", reason: "" },
  };

  it("is the page's host, the browser, or both", () => {
    expect(describeFallback(info, false)).toBe(
      "Several threads need a server that isolates this page (headers COOP and COEP). This browser could not run WebAssembly with relaxed SIMD.",
    );
    vi.stubGlobal("crossOriginIsolated", true);
    expect(describeFallback({ ...info, tier: "relaxed", build: "relaxed" }, false)).toBe(
      "This browser could not start several threads.",
    );
    vi.unstubAllGlobals();
  });

  it("ends with the next visit where the site isolates itself", () => {
    expect(describeFallback({ ...info, tier: "relaxed" }, true)).toBe(
      "Reload the page to train with several threads.",
    );
  });

  it("is nothing if no engine would be faster", () => {
    expect(describeFallback({ ...info, fallback: null }, true)).toBe("");
  });
});
