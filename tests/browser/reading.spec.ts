// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading anybody's pictures in a page: the same bytes, in the same order, with the same classes, as the
// command makes of the same files; and what is refused.

import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect as check, type Page } from "@playwright/test";
import { zipSync } from "fflate";
import { bytesOfNoise, chunk, idx, npy, type PngKind, png } from "./picture_makers";
import { byCommand, compare, type Files, lineOf, read, test, write } from "./picture_reading";

const KINDS: Readonly<Record<string, PngKind>> = {
  grey: { colour: 0, depth: 8 },
  grey_of_one_bit: { colour: 0, depth: 1 },
  grey_of_two_bits: { colour: 0, depth: 2 },
  grey_of_four_bits: { colour: 0, depth: 4 },
  grey_of_sixteen_bits: { colour: 0, depth: 16 },
  grey_with_a_clear_value: { colour: 0, depth: 8, clear: true },
  bits_with_a_clear_value: { colour: 0, depth: 2, clear: true },
  sixteen_bits_with_a_clear_value: { colour: 0, depth: 16, clear: true },
  colour: { colour: 2, depth: 8 },
  colour_of_sixteen_bits: { colour: 2, depth: 16 },
  colour_with_a_clear_value: { colour: 2, depth: 8, clear: true },
  palette: { colour: 3, depth: 8 },
  palette_of_one_bit: { colour: 3, depth: 1 },
  palette_of_four_bits: { colour: 3, depth: 4 },
  palette_with_alpha: { colour: 3, depth: 8, clear: true },
  small_palette_with_alpha: { colour: 3, depth: 2, clear: true },
  grey_with_alpha: { colour: 4, depth: 8 },
  alpha: { colour: 6, depth: 8 },
  alpha_of_sixteen_bits: { colour: 6, depth: 16 },
  interlaced: { colour: 2, depth: 8, interlaced: true },
  interlaced_alpha: { colour: 6, depth: 8, interlaced: true },
  interlaced_palette: { colour: 3, depth: 8, interlaced: true },
  interlaced_bits: { colour: 0, depth: 1, interlaced: true },
  interlaced_two_bits_with_a_clear_value: { colour: 0, depth: 2, clear: true, interlaced: true },
  interlaced_small_palette_with_alpha: { colour: 3, depth: 4, clear: true, interlaced: true },
  interlaced_grey_of_sixteen_bits: { colour: 0, depth: 16, interlaced: true },
  interlaced_colour_of_sixteen_bits: { colour: 2, depth: 16, interlaced: true },
  interlaced_alpha_of_sixteen_bits: { colour: 6, depth: 16, interlaced: true },
  short_palette: { colour: 3, depth: 4, colours: 5, clear: true },
};

test("every kind of PNG gives the command's bytes", async ({ site }, info) => {
  const files = Object.entries(KINDS).map(([name, kind], i) => [
    `${name}.png`,
    png(37, 29, kind, i),
  ]);
  const { leftOut } = await compare(site, info.outputDir, Object.fromEntries(files), { side: 28 });
  check(leftOut).toEqual([]);
  // Each pass may be empty.
  for (const side of [1, 2, 3, 5]) {
    const small = [1, 2, 4, 16].map((depth) => [
      `${depth}.png`,
      png(side, 6 - side, { colour: 0, depth: depth as PngKind["depth"], interlaced: true }, side),
    ]);
    await compare(site, join(info.outputDir, String(side)), Object.fromEntries(small), {
      pad: true,
    });
  }
});

test("fits as the command does", async ({ site }, info) => {
  const files = {
    "a.png": png(50, 41, KINDS["alpha"] as PngKind),
    "b.png": png(9, 64, KINDS["colour"] as PngKind),
  };
  for (const [i, options] of (
    [
      { side: 16 },
      { side: 64 },
      { pad: true },
      { colour: false },
      { invert: true, side: 48 },
      { pad: true, ground: [255, 128, 0] },
    ] as const
  ).entries()) {
    await compare(site, join(info.outputDir, String(i)), files, options);
  }
});

/** A picture as the browser's canvas writes it. */
function jpeg(page: Page, width: number, height: number, quality: number): Promise<Buffer> {
  return page
    .evaluate(
      async ({ width, height, quality }) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        for (let i = 0; i < 60; i += 1) {
          context.fillStyle = `hsl(${i * 47} 80% ${20 + i}%)`;
          context.fillRect((i * 29) % width, (i * 17) % height, 3 + (i % 11), 2 + (i % 7));
        }
        const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
        return Array.from(new Uint8Array(await blob.arrayBuffer()));
      },
      { width, height, quality },
    )
    .then((bytes) => Buffer.from(bytes));
}

/** A JPEG with EXIF's orientation. */
function turned(file: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from("49492a0008000000010012010300010000000000000000000000", "hex");
  tiff.writeUInt16LE(orientation, 18);
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([file.subarray(0, 2), head, exif, file.subarray(2)]);
}

test("JPEGs give the command's bytes, a camera's upright", async ({ site }, info) => {
  const plain = await jpeg(site, 61, 43, 0.7);
  const files = {
    "plain.jpg": plain,
    "fine.jpeg": await jpeg(site, 64, 64, 1),
    "coarse.jpg": await jpeg(site, 200, 133, 0.2),
    ...Object.fromEntries([3, 6, 8].map((turn) => [`turned_${turn}.jpg`, turned(plain, turn)])),
  };
  await compare(site, info.outputDir, files, { pad: true });
});

const small = (seed: number) => png(16, 16, { colour: 2, depth: 8 }, seed);
const TREE = {
  "train/owls/a.png": small(1),
  "train/cats/b.png": small(2),
  "train/cats/c.png": small(3),
  "train/cats/.hidden.png": small(4),
  "train/Äpfel/d.png": small(5),
  "test/cats/e.png": small(6),
  "train/notes.txt": Buffer.from("notes"),
  "Thumbs.db": Buffer.from("x"),
};

test("folders are classes, in a ZIP too", async ({ site }, info) => {
  const inFolder = await compare(site, info.outputDir, TREE, { side: 16 });
  check(inFolder.set.classNames).toEqual(["cats", "owls", "Äpfel"]);
  check(inFolder.set.labels).toEqual([0, 1, 2, 0]);
  check(inFolder.leftOut).toEqual([
    { reason: "no_picture_name", count: 1, examples: ["set/train/notes.txt"] },
    { reason: "other_part", count: 1, examples: ["set/test/cats/e.png"] },
  ]);
  for (const level of [0, 6] as const) {
    const { set } = await read(site, { "set.zip": zipSync(TREE, { level }) }, { side: 16 });
    check(set).toEqual(inFolder.set);
  }
});

/** numpy.save("class_names.npy", ["é", "猫x"]) */
const TEXTS = Buffer.concat([
  Buffer.from("934e554d50590100", "hex"),
  Buffer.from([0x46, 0]),
  Buffer.from(`${"{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }".padEnd(69)}\n`),
  Buffer.from("e9000000000000002b73000078000000", "hex"),
]);

test("arrays give the command's bytes and classes", async ({ site }, info) => {
  const pictures = bytesOfNoise(6 * 28 * 28, 7);
  const labels = Buffer.from([3, 1, 4, 1, 5, 9]);
  const images = idx([6, 28, 28], pictures);
  const rows = Array.from({ length: 6 }, (_, i) =>
    [labels[i], ...pictures.subarray(784 * i, 784 * (i + 1))].join(","),
  );
  const members = Buffer.concat([
    gzipSync(images.subarray(0, 999)),
    gzipSync(images.subarray(999)),
    Buffer.alloc(512),
  ]);
  const sets: Readonly<Record<string, Files>> = {
    idx: {
      "train-images-idx3-ubyte": images,
      "train-labels-idx1-ubyte": idx([6], labels),
      "t10k-images-idx3-ubyte": idx([1, 28, 28], bytesOfNoise(784, 8)),
    },
    members: { "fashion/train-images-idx3-ubyte.gz": members },
    kaggle: {
      "train-images.idx3-ubyte/train-images.idx3-ubyte": images,
      "train-labels.idx1-ubyte/train-labels.idx1-ubyte": idx([6], labels),
    },
    npy: {
      "b.npy": npy([2, 784], pictures.subarray(0, 1568)),
      "a.npy": npy([1, 28, 28], pictures.subarray(0, 784)),
    },
    colour: { "train-images-idx4-ubyte": idx([2, 3, 9, 7], bytesOfNoise(378, 9)) },
    cifar: {
      "data_batch_1.bin": Buffer.concat([Buffer.from([1]), bytesOfNoise(3072, 10)]),
      "data_batch_2.bin": Buffer.concat([Buffer.from([0]), bytesOfNoise(3072, 11)]),
      "batches.meta.txt": Buffer.from("plane\ncar\n"),
    },
    cifar100: {
      "train.bin": Buffer.concat([Buffer.from([11, 97]), bytesOfNoise(3072, 10)]),
      "fine_label_names.txt": Buffer.from(
        Array.from({ length: 100 }, (_, i) => `c${i}\n`).join(""),
      ),
    },
  };
  for (const [name, files] of Object.entries(sets)) {
    await test.step(name, () => compare(site, join(info.outputDir, name), files).then(() => {}));
  }
  // Files that are a whole set by themselves.
  const alone: Files = {
    "train.csv": Buffer.from(`${rows.join("\n")}\n`),
    "mnist.npz": zipSync({
      "x_train.npy": npy([6, 28, 28], pictures),
      "y_train.npy": npy([6], labels),
      "x_test.npy": npy([1, 28, 28], bytesOfNoise(784, 8)),
    }),
    "named.npz": zipSync({
      "images.npy": npy([6, 28, 28], pictures),
      "ages.npy": npy([6], labels),
      "labels.npy": npy([6], Buffer.from([0, 1, 1, 0, 1, 0])),
      "class_names.npy": TEXTS,
    }),
  };
  await write(info.outputDir, alone);
  for (const [name, bytes] of Object.entries(alone)) {
    await test.step(name, async () => {
      const wanted = await byCommand(join(info.outputDir, name));
      const given = await read(site, { [name]: bytes });
      check(lineOf(given)).toBe(wanted.told.split("\n")[0]);
      check(given.set.pixels.equals(wanted.pixels)).toBe(true);
      if (name === "named.npz") {
        const arrays = { pictures: "images", labels: "labels", unused: ["ages"] };
        check(given.arrays).toEqual(arrays);
      }
    });
  }
});

test("a set has the id that its bytes have", async ({ site }) => {
  const first = Buffer.alloc(256);
  first[3] = 9;
  const files = { "a.npy": npy([1, 16, 16], first), "b.npy": npy([1, 16, 16], Buffer.alloc(256)) };
  const { set } = await read(site, files);
  // As in tests/unit/test_picture_files.cpp.
  check(set.id).toBe("af552f396eb629fc");
  check(set.classNames).toEqual(["a", "b"]);
});

test("EMNIST lies on its side until it is told to turn", async ({ site }, info) => {
  const files = {
    "emnist-letters-train-images-idx3-ubyte": idx([1, 28, 28], bytesOfNoise(784, 3)),
  };
  check((await compare(site, join(info.outputDir, "a"), files)).notes).toEqual([
    "emnist_transposed",
  ]);
  const turnedSet = await compare(site, join(info.outputDir, "b"), files, { transpose: true });
  check(turnedSet.notes).toEqual([]);
});

const svg = (attributes: string, content: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);

test("SVG is drawn, with a size or without", async ({ site }) => {
  const half = '<rect width="50" height="100" fill="#f00"/>';
  const files = {
    "a.svg": svg('viewBox="0 0 100 100"', half),
    "b.svg": svg('width="100" height="100"', half),
    "c.svg": svg("", half),
    "d.svg": Buffer.from("<svg broken"),
  };
  const { set, leftOut } = await read(site, files, { side: 16 });
  check(leftOut).toEqual([{ reason: "damaged", count: 1, examples: ["d.svg"] }]);
  check(set.pixels.length).toBe(3 * 3 * 256);
  const red = Array.from({ length: 256 }, () => 255);
  const others = Array.from({ length: 256 }, (_, i) => (i % 16 < 8 ? 0 : 255));
  for (let i = 0; i < 3; i += 1) {
    const picture = [...set.pixels.subarray(768 * i, 768 * (i + 1))];
    check(picture).toEqual([...red, ...others, ...others]);
  }
});

/** A GIF of one pixel: its header, with black and white as palette, and a frame of one of them (GIF89a). */
const GIF = Buffer.from("47494638396101000100800000000000ffffff", "hex");
const gifFrame = (lzw: "4401" | "4c01") =>
  Buffer.from(`21f904000a0000002c0000000001000100000202${lzw}00`, "hex");

test("the frames of an animation are pictures of its class", async ({ site }) => {
  const moving = Buffer.concat([GIF, gifFrame("4401"), gifFrame("4c01"), Buffer.from([0x3b])]);
  const files = { "still/a.png": png(16, 16, { colour: 0, depth: 8 }), "moving/b.gif": moving };
  const { set } = await read(site, files, { side: 16, colour: false });
  check(set.classNames).toEqual(["moving", "still"]);
  check(set.labels).toEqual([0, 0, 1]);
  check([set.pixels[0], set.pixels[256]]).toEqual([0, 255]);
});

test("says why files are left out", async ({ site }, info) => {
  const whole = png(64, 64, { colour: 6, depth: 8 });
  const photo = await jpeg(site, 64, 64, 0.9);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const files = {
    "good.png": whole,
    "cut.png": whole.subarray(0, whole.length / 2),
    "cut.jpg": photo.subarray(0, photo.length / 2),
    "empty.png": Buffer.alloc(0),
    "huge.png": Buffer.concat([
      whole.subarray(0, 8),
      chunk("IHDR", header),
      chunk("IDAT", Buffer.alloc(9)),
      chunk("IEND", Buffer.alloc(0)),
    ]),
    "text.png": Buffer.from("no picture at all"),
  };
  const { leftOut } = await compare(site, info.outputDir, files);
  check(leftOut).toEqual([
    { reason: "damaged", count: 3, examples: ["set/cut.jpg", "set/cut.png", "set/text.png"] },
    { reason: "empty", count: 1, examples: ["set/empty.png"] },
    { reason: "too_many_pixels", count: 1, examples: ["set/huge.png"] },
  ]);
});

test("refuses what holds no pictures, and archives that lie, without hanging", async ({ site }) => {
  const bomb = zipSync({ "a.png": Buffer.alloc(100_000_000), "b.png": small(1) });
  const lie = Buffer.from(zipSync({ "a.png": small(1) }));
  const entry = lie.indexOf(Buffer.from("504b0102", "hex"));
  lie.writeUInt32LE(10, entry + 24);
  const failure = (files: Files) =>
    read(site, files).then(
      () => "read",
      (thrown: Error) => thrown.message.replace(/^page.evaluate: /, "").split("\n")[0],
    );
  check(await failure({})).toBe("GanvasError: There are no files.");
  check(await failure({ "set/a.txt": Buffer.from("x") })).toBe(
    "GanvasError: no pictures in 'set', which holds 1 .txt file, such as 'set/a.txt'",
  );
  check(await failure({ "x.zip": Buffer.from("PK\x03\x04 and no more") })).toMatch("damaged ZIP");
  check(await failure({ "x.zip": lie })).toMatch("no picture in 'x.zip' can be used");
  check(await failure({ "x.npy": npy([1 << 20, 28, 28], Buffer.alloc(9)) })).toMatch(
    "9 bytes of data",
  );
  const { leftOut } = await read(site, { "x.zip": bomb });
  check(leftOut.map(({ reason }) => reason)).toEqual(["too_large"]);
});

test("a reading can be ended", async ({ site }) => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.png`, small(i)]));
  const given = Object.entries(files).map(([path, bytes]) => ({ path, bytes: [...bytes] }));
  const code = await site.evaluate(async (given) => {
    const { readPictures } = await import(/* @vite-ignore */ `${location.origin}/package/index.js`);
    const ended = new AbortController();
    const blobs = given.map(({ path, bytes }) => ({
      path,
      blob: new Blob([Uint8Array.from(bytes)]),
    }));
    const reading = readPictures(blobs, { signal: ended.signal, onProgress: () => ended.abort() });
    return reading.then(
      () => "read",
      (thrown: { code: string }) => thrown.code,
    );
  }, given);
  check(code).toBe("aborted");
});
