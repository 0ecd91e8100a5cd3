// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Addresses of files that an element fetches.

/** The address of a folder, relative to the document; the document's own folder for null. */
export function folderUrl(folder: string | null): string {
  const path = folder === null || folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  return new URL(path ?? "", document.baseURI).href;
}
