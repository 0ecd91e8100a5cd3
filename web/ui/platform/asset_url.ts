// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// URLs of the files that the page fetches, relative to the page, under any path.

export function fileUrl(path: string): string {
  return new URL(path, document.baseURI).href;
}
