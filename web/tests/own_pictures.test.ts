// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pure parts of the dialog of own pictures: paths of chosen files, what stays when a reading fails,
// drawings as files, and a set as a file.

import { unzipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import type { readPictures } from "../client/pictures_client";
import { GanvasError } from "../engine/errors";
import { countOf } from "../engine/picture_count";
import type { PictureFile, PictureSet, Reading } from "../engine/pictures";
import {
  type ChosenFiles,
  chosenByDrop,
  chosenByPaste,
  chosenInInput,
} from "../ui/pictures/chosen_files";
import { filesOf, joinedKinds, NO_DRAWINGS, nextName } from "../ui/pictures/drawings";
import { firstOfEach } from "../ui/pictures/set_parts";
import { Sheet } from "../ui/pictures/sheet";
import { setFile } from "../ui/state/set_file";

const SET: PictureSet = {
  id: "0123456789abcdef",
  channels: 1,
  side: 2,
  pixels: Uint8Array.from({ length: 5 * 4 }, (_, index) => index),
  labels: Uint8Array.of(0, 1, 0, 1, 1),
  classes: 2,
  classNames: ["cats", "dogs"],
};

function fileAt(path: string): File {
  const file = new File(["content"], path.slice(path.lastIndexOf("/") + 1));
  const webkitRelativePath = path.includes("/") ? path : "";
  return Object.defineProperty(file, "webkitRelativePath", { value: webkitRelativePath });
}

function pathsOf({ files }: ChosenFiles): string[] {
  return files.map(({ path }) => path);
}

/** A file or folder as a browser gives what is dropped, a folder with at most 100 entries at a time. */
type Tree = { readonly [name: string]: Tree | null };

function entryOf(name: string, content: Tree | null): FileSystemEntry {
  const isDirectory = content !== null;
  const rest = Object.entries(content ?? {}).map((each) => entryOf(...each));
  const entry = {
    name,
    isDirectory,
    isFile: !isDirectory,
    file: (resolve: (file: File) => void) => resolve(fileAt(name)),
    createReader: () => ({
      readEntries: (resolve: (batch: FileSystemEntry[]) => void) => resolve(rest.splice(0, 100)),
    }),
  };
  return entry as unknown as FileSystemEntry;
}

describe("chosen files", () => {
  it("of a folder have paths in it, and its name", () => {
    const paths = ["pets/cats/1.png", "pets/dogs/2.png", "pets/3.png", "pets/.DS_Store"];
    const chosen = chosenInInput(paths.map(fileAt));
    expect(chosen.name).toBe("pets");
    expect(pathsOf(chosen)).toEqual(["cats/1.png", "dogs/2.png", "3.png"]);
  });

  it.each([
    [["train-images-idx3-ubyte.gz"], "train-images-idx3-ubyte"],
    [["emoji.zip"], "emoji"],
    [["a.png", "b.png"], "a.png, b.png"],
    [["a.png", "b.png", "c.png", "d.png"], "a.png …"],
  ])("%j are called %s", (paths, name) => {
    expect(chosenInInput(paths.map(fileAt))).toMatchObject({ name, origin: "files" });
  });

  it("that were pasted have paths of their own, after those before", () => {
    const before = [{ path: "1 image.png", blob: new Blob() }];
    const blobs = [new Blob([], { type: "image/png" }), new File([], "image.png")];
    const chosen = chosenByPaste(blobs, "Pasted", before);
    expect(pathsOf(chosen)).toEqual(["1 image.png", "2 image.png", "3 image.png"]);
  });
});

describe("what is dropped", () => {
  const drop = (tree: Tree, onFound = vi.fn()): Promise<ChosenFiles> => {
    const entries = Object.entries(tree).map((each) => entryOf(...each));
    return chosenByDrop(entries, new AbortController().signal, onFound);
  };

  it("is gone through at any depth, in batches, without hidden files", async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.png`, null]));
    const onFound = vi.fn();
    const tree = { set: { cats: many, dogs: { big: { "1.png": null }, ".git": { x: null } } } };
    const chosen = await drop(tree, onFound);
    expect(chosen.name).toBe("set");
    expect(chosen.files.length).toBe(251);
    expect(pathsOf(chosen)).toContain("cats/249.png");
    expect(pathsOf(chosen)).toContain("dogs/big/1.png");
    expect(onFound).toHaveBeenLastCalledWith(251);
  });

  it("of several folders keeps their names, which are classes", async () => {
    const chosen = await drop({ cats: { "1.png": null }, dogs: { "1.png": null } });
    expect(chosen.name).toBe("cats, dogs");
    expect(pathsOf(chosen)).toEqual(["cats/1.png", "dogs/1.png"]);
  });

  it("is given up on demand", async () => {
    const work = new AbortController();
    work.abort();
    const found = chosenByDrop([entryOf("set", { "1.png": null })], work.signal, () => {});
    await expect(found).rejects.toThrow(/abort/i);
  });
});

describe("the sheet", () => {
  const CHOSEN: ChosenFiles = { name: "pets", files: [], origin: "files" };
  const READING: Reading = { set: SET, leftOut: [], notes: [] };

  function sheetOf() {
    const calls: {
      readonly files: readonly PictureFile[];
      readonly options: Parameters<typeof readPictures>[1];
      readonly resolve: (reading: Reading) => void;
      readonly reject: (error: Error) => void;
    }[] = [];
    const read: typeof readPictures = (files, options) =>
      new Promise((resolve, reject) => calls.push({ files, options, resolve, reject }));
    const sheet = new Sheet(read);
    const changed = vi.fn();
    sheet.subscribe(changed);
    const open = (name = "pets") => sheet.open(name, () => Promise.resolve({ ...CHOSEN, name }));
    const nextCall = async (count: number) => {
      await vi.waitFor(() => expect(calls.length).toBe(count));
      const call = calls.at(-1);
      if (call === undefined) throw new Error("nothing was read");
      return call;
    };
    return { sheet, changed, open, nextCall };
  }

  it("tells of progress, and shows what was read", async () => {
    const { sheet, changed, open, nextCall } = sheetOf();
    const opened = open();
    const call = await nextCall(1);
    call.options?.onProgress?.(3, 10);
    expect(sheet.progress).toEqual({ done: 3, all: 10 });
    expect(changed).toHaveBeenCalled();
    call.resolve(READING);
    await opened;
    expect(sheet.progress).toBeNull();
    expect(sheet.current?.reading).toBe(READING);
  });

  it("stays when a later reading fails or is given up", async () => {
    const { sheet, open, nextCall } = sheetOf();
    const first = open();
    (await nextCall(1)).resolve(READING);
    await first;
    const second = open("broken");
    (await nextCall(2)).reject(new GanvasError("malformed", "no pictures"));
    await second;
    expect(sheet.current?.chosen.name).toBe("pets");
    expect(sheet.failure).toMatchObject({ name: "broken", error: { code: "malformed" } });
    const third = open("long");
    const call = await nextCall(3);
    sheet.cancel();
    expect(call.options?.signal?.aborted).toBe(true);
    call.reject(new Error("aborted"));
    await third;
    expect(sheet.current?.chosen.name).toBe("pets");
    expect(sheet.failure).toBeNull();
  });

  it("adds options, and only the last reading counts", async () => {
    const { sheet, open, nextCall } = sheetOf();
    const opened = open();
    (await nextCall(1)).resolve(READING);
    await opened;
    const small = sheet.choose({ side: 16 });
    const before = await nextCall(2);
    const grey = sheet.choose({ colour: false });
    const after = await nextCall(3);
    expect(before.options?.signal?.aborted).toBe(true);
    expect(after.options).toMatchObject({ side: 16, colour: false });
    expect(sheet.options).toEqual({ side: 16, colour: false });
    before.resolve(READING);
    await small;
    expect(sheet.current?.options).toEqual({});
    after.resolve(READING);
    await grey;
    expect(sheet.current?.options).toEqual({ side: 16, colour: false });
  });
});

describe("a set", () => {
  it("shows the first pictures of each class", () => {
    expect(countOf(SET)).toBe(5);
    expect(firstOfEach(SET)).toEqual([
      { label: 0, indexes: [0, 2], count: 2 },
      { label: 1, indexes: [1, 3, 4], count: 3 },
    ]);
    const plain = { ...SET, classes: 0, labels: new Uint8Array(0), classNames: [] };
    expect(firstOfEach(plain)).toEqual([{ label: null, indexes: [0, 1, 2, 3, 4], count: 5 }]);
    const many = { ...SET, classes: 60, labels: Uint8Array.from([...Array(9).fill(7), 8]) };
    const shown = firstOfEach(many).filter(({ count }) => count > 0);
    expect(shown).toEqual([
      { label: 7, indexes: [0, 1, 2, 3, 4, 5], count: 9 },
      { label: 8, indexes: [9], count: 1 },
    ]);
  });

  it("is a ZIP of arrays as NumPy describes its format", async () => {
    const named = { ...SET, classNames: ["é😀", "dogs"] };
    const arrays = unzipSync(new Uint8Array(await setFile(named).arrayBuffer()));
    expect(Object.keys(arrays)).toEqual(["images.npy", "labels.npy", "class_names.npy"]);
    // numpy.array(["é😀", "dogs"]).tobytes()
    const texts = Buffer.from(
      `e900000000f60100${"00000000".repeat(2)}640000006f0000006700000073000000`,
      "hex",
    );
    for (const [name, type, shape, values] of [
      ["images.npy", "|u1", "(5, 1, 2, 2)", SET.pixels],
      ["labels.npy", "|u1", "(5,)", SET.labels],
      ["class_names.npy", "<U4", "(2,)", new Uint8Array(texts)],
    ] as const) {
      const bytes = arrays[name] ?? new Uint8Array(0);
      expect([...bytes.subarray(0, 8)]).toEqual([0x93, 78, 85, 77, 80, 89, 1, 0]);
      const start = 10 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
      expect(start % 64).toBe(0);
      const header = new TextDecoder().decode(bytes.subarray(10, start));
      expect(header).toBe(
        `${`{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(start - 11)}\n`,
      );
      expect(bytes.subarray(start)).toEqual(values);
    }
  });
});

describe("drawings", () => {
  const stroke = [
    { x: 0.2, y: 0.2 },
    { x: 0.8, y: 0.7 },
  ];
  const own = (kind: number) => ({ kind, drawing: { strokes: [stroke], base: null } });

  it("are ink on white paper, without folders if they are of one kind", () => {
    const [file] = filesOf({ ...NO_DRAWINGS, side: 32, all: [own(0)] });
    if (file === undefined || !("rgba" in file)) throw new Error("there are no pixels");
    expect(file.path).toBe("0.png");
    expect([file.width, file.height, file.rgba.length]).toEqual([32, 32, 4 * 32 * 32]);
    expect([...file.rgba.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect(Math.min(...file.rgba)).toBe(0);
  });

  it("lie in a folder for each kind, whose name is one that a folder can have", () => {
    const kinds = ["cats/dogs", "..", ""];
    const files = filesOf({ ...NO_DRAWINGS, kinds, all: [own(0), own(1), own(2), own(0)] });
    expect(files.map(({ path }) => path)).toEqual([
      "cats∕dogs/0.png",
      "2/1.png",
      "3/2.png",
      "cats∕dogs/3.png",
    ]);
  });

  it("tell which kinds become one class", () => {
    const joined = (...kinds: string[]) => joinedKinds({ ...NO_DRAWINGS, kinds });
    expect(joined("A", "B")).toEqual([]);
    expect(joined("trees", "B", " trees", ".trees")).toEqual(["trees"]);
    expect(joined("", "")).toEqual([]);
    expect(joined("2", "")).toEqual(["2"]);
  });

  it("call a new kind by a letter that no other has", () => {
    expect(nextName({ ...NO_DRAWINGS, kinds: ["A"] })).toBe("B");
    expect(nextName({ ...NO_DRAWINGS, kinds: ["B", "trees"] })).toBe("A");
  });
});
