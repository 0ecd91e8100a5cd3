// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What arrives is compared with the sums that the build wrote, and damage is downloaded once more.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { dataFile } from "../data_files.mjs";
import { loadMnist } from "../engine/mnist";
import { readResource } from "../engine/resource";
import { sha256 } from "../engine/sha256";
import { trainingFiles, unseenFiles } from "../ui/state/digit_files";
import { TRAINING_SUMS, UNSEEN_SUMS } from "../ui/state/generated/digit_sums";
import { MODEL_SUMS } from "../ui/state/generated/model_sums";
import { TestServer } from "./http_server";
import { ASSETS_URL } from "./real_assets";

const asset = async (path: string): Promise<Buffer> => readFile(new URL(path, ASSETS_URL));
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The short file of training images, and the same with one bit flipped in its middle. */
let images: Buffer;
let damaged: Buffer;
let labels: Buffer;
let server: TestServer;

beforeAll(async () => {
  images = (await dataFile("mnist", "train-10000-images-idx3-ubyte.gz")) as Buffer;
  const items = gunzipSync(images);
  const middle = 16 + 4321 * 784 + 400;
  items[middle] = (items[middle] ?? 0) ^ 1;
  damaged = gzipSync(items);
  labels = await asset("mnist/train-labels-idx1-ubyte.gz");
  server = await TestServer.start();
});

afterAll(() => server.stop());
afterEach(() => vi.unstubAllGlobals());

/** Digits of these files, with the page's sums. */
function digits(examples: number, ...served: Buffer[]) {
  const name = trainingFiles(examples, (path) => path).imagesUrl.replace("mnist/", "");
  return loadMnist({
    imagesUrl: server.serve(name, ...served.map((bytes) => ({ bytes }))),
    labelsUrl: server.serve("labels.gz", { bytes: labels }),
    examples,
    sums: TRAINING_SUMS,
  });
}

describe("the sums", () => {
  it("are those of the whole files, by another implementation", async () => {
    for (const [file, head, size, sums] of [
      ["train-images-idx3-ubyte", 16, 784, TRAINING_SUMS.images],
      ["train-labels-idx1-ubyte", 8, 1, TRAINING_SUMS.labels],
      ["t10k-images-idx3-ubyte", 16, 784, UNSEEN_SUMS.images],
      ["t10k-labels-idx1-ubyte", 8, 1, UNSEEN_SUMS.labels],
    ] as const) {
      const items = gunzipSync(await asset(`mnist/${file}.gz`)).subarray(head);
      const found = sums.map((_, i) =>
        hash(items.subarray(i * 1000 * size, (i + 1) * 1000 * size)),
      );
      expect(found).toEqual(sums);
    }
    expect(TRAINING_SUMS.images.length).toBe(60);
    for (const [name, sum] of Object.entries(MODEL_SUMS)) {
      expect(hash(await asset(`models/${name}.safetensors`))).toBe(sum);
    }
  });

  it("are computed alike where the browser has no SHA-256", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    const own = await sha256(bytes);
    vi.stubGlobal("crypto", {});
    expect(await sha256(bytes)).toBe(own);
    expect(own).toBe(hash(bytes));
  });
});

describe("short files", () => {
  it("are the beginning of the whole ones", async () => {
    for (const [whole, short, count] of [
      ["train-images-idx3-ubyte.gz", "train-10000-images-idx3-ubyte.gz", 10_000],
      ["t10k-images-idx3-ubyte.gz", "t10k-1000-images-idx3-ubyte.gz", 1000],
    ] as const) {
      const all = gunzipSync(await asset(`mnist/${whole}`)).subarray(16, 16 + count * 784);
      const cut = gunzipSync((await dataFile("mnist", short)) as Buffer);
      expect(Buffer.compare(cut.subarray(16), all)).toBe(0);
      expect(cut.readUInt32BE(4)).toBe(count);
    }
  });

  it("hold what most visitors train on, and the whole file the rest", () => {
    const url = (examples: number) => trainingFiles(examples, (path) => path).imagesUrl;
    expect(url(10_000)).toBe("mnist/train-10000-images-idx3-ubyte.gz");
    expect(url(10_001)).toBe("mnist/train-images-idx3-ubyte.gz");
    expect(unseenFiles(64, (path) => path).imagesUrl).toContain("t10k-1000");
  });
});

describe("digits", () => {
  it("that were damaged in the middle are named, however many are asked for", async () => {
    for (const examples of [4_400, 5_000, 10_000]) {
      await expect(digits(examples, damaged)).rejects.toMatchObject({
        code: "malformed",
        message: expect.stringContaining("items 4000 to 4999"),
      });
    }
    // These thousands are whole.
    expect((await digits(4_000, damaged)).labels.length).toBe(4_000);
  });

  it("are downloaded once more when they arrive damaged", async () => {
    const { images: found } = await digits(5_500, damaged, images);
    const wanted = gunzipSync(images).subarray(16, 16 + 5_500 * 784);
    expect(Buffer.compare(found, wanted)).toBe(0);
    const cut = images.subarray(0, images.length / 2);
    expect((await digits(9_000, cut, images)).labels.length).toBe(9_000);
  });

  it("are in the order in which they were published", async () => {
    const items = gunzipSync(images);
    const [first, second] = [0, 1].map((n) =>
      items.slice(16 + n * 784_000, 16 + (n + 1) * 784_000),
    );
    items.set([...(second ?? []), ...(first ?? [])], 16);
    await expect(digits(2_000, gzipSync(items))).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringContaining("items 0 to 999"),
    });
  });

  it("are not those of another file", async () => {
    const others = await asset("mnist/t10k-images-idx3-ubyte.gz");
    await expect(digits(1000, others)).rejects.toMatchObject({ code: "malformed" });
  });

  it("may have wrong labels, which are named too", async () => {
    const wrong = gunzipSync(labels);
    wrong[8 + 77] = ((wrong[8 + 77] ?? 0) + 1) % 10;
    const loading = loadMnist({
      imagesUrl: server.serve("images.gz", { bytes: images }),
      labelsUrl: server.serve("wrong_labels.gz", { bytes: gzipSync(wrong) }),
      examples: 100,
      sums: TRAINING_SUMS,
    });
    await expect(loading).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringContaining("wrong_labels.gz is damaged"),
    });
  });
});

describe("a file", () => {
  it("with another sum is damaged, and downloaded once more", async () => {
    const bytes = await asset("models/conditional.safetensors");
    const flipped = Buffer.from(bytes);
    flipped[200_000] = (flipped[200_000] ?? 0) ^ 16;
    const options = { sha256: MODEL_SUMS.conditional };
    const bad = server.serve("bad.safetensors", { bytes: flipped });
    await expect(readResource(bad, options)).rejects.toMatchObject({ code: "malformed" });
    const mended = server.serve("mended.safetensors", { bytes: flipped }, { bytes });
    expect(hash(await readResource(mended, options))).toBe(MODEL_SUMS.conditional);
  });
});
