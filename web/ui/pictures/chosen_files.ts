// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files and folders that were chosen, dropped or pasted, with the paths that name their classes.

import type { PictureFile } from "../../engine/pictures";
import type { Dropped } from "../elements/dropped";

export interface ChosenFiles {
  /** Of the folder or file. */
  readonly name: string;
  readonly files: readonly PictureFile[];
  /** A run's pictures come without their files. */
  readonly origin: "files" | "clipboard" | "drawings" | "run";
}

/** From an input; with `webkitdirectory` a file's path begins with the chosen folder. */
export function chosenInInput(files: Iterable<File>): ChosenFiles {
  return fromFiles(
    Array.from(files, (blob) => ({ path: blob.webkitRelativePath || blob.name, blob })),
  );
}

/**
 * Goes through dropped folders.
 * @param onFound how many files have been found
 */
export async function chosenByDrop(
  dropped: readonly Dropped[],
  signal: AbortSignal,
  onFound: (count: number) => void,
): Promise<ChosenFiles> {
  const files: PathAndBlob[] = [];
  const folders: { readonly path: string; readonly folder: FileSystemDirectoryEntry }[] = [];
  const take = async (entry: Dropped, inFolder: string): Promise<void> => {
    const path = inFolder + entry.name;
    if (entry instanceof Blob) files.push({ path, blob: entry });
    else if (entry.name.startsWith(".")) return;
    else if (isFolder(entry)) folders.push({ path, folder: entry });
    else if (isFile(entry)) files.push({ path, blob: await contentOf(entry) });
  };
  for (const entry of dropped) await take(entry, "");
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const { path, folder } = next;
    for await (const entry of entriesOf(folder)) {
      signal.throwIfAborted();
      await take(entry, `${path}/`);
    }
    onFound(files.length);
  }
  return fromFiles(files);
}

/**
 * Pictures in the clipboard, which need have no names.
 * @param before pictures that were pasted earlier
 */
export function chosenByPaste(
  blobs: readonly Blob[],
  name: string,
  before: readonly PictureFile[],
): ChosenFiles {
  const pathOf = (blob: Blob, index: number): string => {
    const end = blob instanceof File && blob.name !== "" ? blob.name : blob.type.replace("/", ".");
    return `${before.length + index + 1} ${end}`;
  };
  const pasted = blobs.map((blob, index) => ({ path: pathOf(blob, index), blob }));
  return { name, files: [...before, ...pasted], origin: "clipboard" };
}

interface PathAndBlob {
  readonly path: string;
  readonly blob: Blob;
}

function fromFiles(all: readonly PathAndBlob[]): ChosenFiles {
  const files = all.filter(({ path }) => !isHidden(path));
  const tops = new Set(files.map(({ path }) => path.split("/", 1)[0] ?? ""));
  const [top = "", ...others] = tops;
  const isOneFolder = others.length === 0 && files.some(({ path }) => path !== top);
  return {
    name: nameOf(top, others),
    // The names of classes are those of folders in the folder that was chosen.
    files: isOneFolder
      ? files.map(({ path, blob }) => ({ path: path.slice(top.length + 1), blob }))
      : files,
    origin: "files",
  };
}

const MOST_NAMED = 3;

function nameOf(first: string, others: readonly string[]): string {
  if (others.length === 0) return first.replace(/(?<=.)\.\w{1,5}(\.gz)?$/, "");
  return others.length < MOST_NAMED ? [first, ...others].join(", ") : `${first} …`;
}

/** Files that systems keep beside the user's: .DS_Store, .thumbnails/, __MACOSX/. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function contentOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives at most 100 entries at a time in Chromium, and none at the end. */
async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  const next = (): Promise<FileSystemEntry[]> =>
    new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  for (let batch = await next(); batch.length > 0; batch = await next()) yield* batch;
}
