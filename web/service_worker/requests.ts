// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which requests the worker answers: the site's page, whatever its query, and the files of a build.
// All others go to the host as if there were no worker, such as other pages in the same folder.

/** In the folder of the build: the name ends with a hash of the content. */
const HASHED = /^assets\/[^/]+-[\w-]{8}\.\w+$/;

const known = new Set([...CODE, ...DATA, ...LARGE].map(({ url }) => url));

/** The address of the file that answers a request; null if that is not the worker's. */
export function fileOf({ method, headers, mode, url }: Request, scope: string): string | null {
  if (method !== "GET" || headers.has("range") || !url.startsWith(scope)) return null;
  const { pathname, search } = new URL(url);
  const path = pathname.slice(new URL(scope).pathname.length);
  if (mode === "navigate") return ["", "index.html"].includes(path) ? `${scope}index.html` : null;
  return search === "" && (known.has(path) || HASHED.test(path)) ? scope + path : null;
}
