// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files and folders that were dropped.

/** A folder is only known as an entry. */
export type Dropped = FileSystemEntry | File;

/** Must be called while the event is dispatched; it holds nothing afterwards. Text can be dragged as well. */
export function takeDropped({ dataTransfer }: DragEvent): Dropped[] {
  return [...(dataTransfer?.items ?? [])]
    .filter(({ kind }) => kind === "file")
    .flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);
}
