// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the files lie that the page fetches: beside it, under whatever path it is hosted.

export function fileUrl(path: string): string {
  return new URL(path, document.baseURI).href;
}
