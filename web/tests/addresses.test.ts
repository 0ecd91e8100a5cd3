// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Relative addresses in every option that takes one: against the working folder in Node, and against the
// document in a worker.

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { baseAddress, resolveAddress, setBaseAddress } from "../engine/addresses";
import { loadJudge } from "../engine/judge";
import { loadGanvas } from "../engine/loader";
import { loadMnist } from "../engine/mnist";
import { fileIn } from "../engine/module_files";
import { ASSETS_URL, MODULES_URL } from "./real_assets";

/** From the folder where the tests' runner was started. */
const fromHere = (url: string): string => relative(process.cwd(), fileURLToPath(url));

const MNIST = {
  imagesUrl: fromHere(`${ASSETS_URL}mnist/t10k-images-idx3-ubyte.gz`),
  labelsUrl: `./${fromHere(`${ASSETS_URL}mnist/t10k-labels-idx1-ubyte.gz`)}`,
};
const MODULES = fromHere(MODULES_URL);

describe("a relative address in Node", () => {
  it.each([MODULES, `./${MODULES}/`])("names the engine's folder: %s", async (baseUrl) => {
    const { info } = await loadGanvas({ tier: "simd", threads: 2, baseUrl });
    expect(info.build).toBe("simd-mt");
    expect((await loadJudge({ tier: "scalar", baseUrl })).tier).toBe("scalar");
  });

  it("names the judge's weights and the digits", async () => {
    const model = fromHere(`${ASSETS_URL}models/judge.safetensors`);
    const judge = await loadJudge({ tier: "simd", model });
    expect(judge.tier).toBe("simd");
    expect([...(await loadMnist({ ...MNIST, examples: 3 })).labels]).toEqual([7, 2, 1]);
  });

  it("that names no file says where it looked", async () => {
    await expect(loadMnist({ ...MNIST, imagesUrl: "none.gz", examples: 3 })).rejects.toMatchObject({
      code: "fetch_failed",
      message: expect.stringMatching(/file:.*\/none\.gz could not be opened/),
    });
  });
});

describe("an address in a worker", () => {
  const cwd = baseAddress();
  afterAll(() => setBaseAddress(cwd));

  it.each([
    ["./", "https://host/app/"],
    ["/app/", "https://host/app/"],
    ["digits/a.gz", "https://host/app/digits/a.gz"],
    ["//cdn/engine/", "https://cdn/engine/"],
    ["https://cdn/engine/", "https://cdn/engine/"],
  ])("%s is resolved against the page's", (address, resolved) => {
    setBaseAddress("https://host/app/page.html?a#b");
    expect(resolveAddress(address)).toBe(resolved);
  });

  it("of the engine's folder is the document's own where it is empty", () => {
    setBaseAddress("https://host/app/page.html");
    expect(fileIn("", "worker", "js")).toMatch("https://host/app/worker");
  });

  it("that is none is an invalid argument", async () => {
    expect(() => resolveAddress("http://[")).toThrow(
      expect.objectContaining({ code: "invalid_argument" }),
    );
    await expect(loadGanvas({ baseUrl: "http://[" })).rejects.toMatchObject({
      code: "invalid_argument",
    });
  });
});
