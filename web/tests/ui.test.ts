// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Small pure parts of the page: language choice, colours, axis ranges, and why no faster engine runs.

import { describe, expect, it, vi } from "vitest";
import type { EngineInfo } from "../engine/types";
import { lossTop } from "../ui/charts/loss_scale";
import { greyScale, parseHex } from "../ui/pixels/grey_scale";
import { matchLocale, preferredLocale } from "../ui/platform/locale_choice";
import { describeFallback } from "../ui/words/fallback_words";
import { torchName } from "../ui/words/layer_words";

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

describe("the grey scale", () => {
  it("runs from one colour to the other", () => {
    const scale = greyScale("#ffffff", "#102030");
    expect(scale.length).toBe(256);
    // Little-endian RGBA.
    expect(scale[0]).toBe(0xffffffff);
    expect(scale[255]).toBe(0xff302010);
    expect((scale[128] ?? 0) & 0xff).toBe(Math.round(255 + (0x10 - 255) * (128 / 255)));
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
