// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bundled digits, read through the page's stream.

import { describe, expect, it } from "vitest";
import { loadMnist } from "../engine/mnist";
import { mnistFiles } from "./real_assets";

const CLASS_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
const FIRST_LABELS = [5, 0, 4, 1, 9, 2, 1, 3, 1, 4];

describe("the bundled MNIST", () => {
  it("has the known number of digits of each class", async () => {
    const { images, labels } = await loadMnist(mnistFiles(60_000));
    expect(images.length).toBe(60_000 * 784);
    const counts = new Array<number>(10).fill(0);
    for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual(CLASS_COUNTS);
  });

  it("gives the first 10,000 digits for a sixth of the bytes", async () => {
    let bytes = 0;
    const { images, labels } = await loadMnist({
      ...mnistFiles(10_000),
      onProgress: (progress) => {
        bytes = progress.bytes;
      },
    });
    expect(images.length).toBe(10_000 * 784);
    expect([...labels.subarray(0, 10)]).toEqual(FIRST_LABELS);
    expect(bytes).toBeGreaterThan(1_500_000);
    expect(bytes).toBeLessThan(2_000_000);
    const all = await loadMnist(mnistFiles(60_000));
    expect(Buffer.compare(images, all.images.subarray(0, images.length))).toBe(0);
    expect(Buffer.compare(labels, all.labels.subarray(0, labels.length))).toBe(0);
  });

  it("aborts with code aborted for any reason of the signal", async () => {
    const files = {
      imagesUrl: "http://127.0.0.1:9/images",
      labelsUrl: "http://127.0.0.1:9/labels",
    };
    for (const reason of [undefined, new Error("Enough."), "enough"]) {
      const pending = loadMnist({ ...files, examples: 1, signal: AbortSignal.abort(reason) });
      await expect(pending).rejects.toMatchObject({ code: "aborted" });
    }
  });

  it("has no more than 60,000 digits", async () => {
    await expect(loadMnist(mnistFiles(60_001))).rejects.toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining("60000"),
    });
  });
});
