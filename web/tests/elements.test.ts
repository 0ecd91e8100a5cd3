// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Element names are unique: HTMLElementTagNameMap rejects a name with two classes at compile time, so
// this test checks that every element is listed there.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const UI = fileURLToPath(new URL("../ui/", import.meta.url));

function matches(pattern: RegExp): string[] {
  const sources = readdirSync(UI, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(UI, path), "utf8"));
  return sources.flatMap((text) =>
    [...text.matchAll(pattern)].map((match) => `${match[1]} ${match[2]}`),
  );
}

it("every element is listed in HTMLElementTagNameMap with its class", () => {
  const defined = matches(/customElements\.define\(\s*"([\w-]+)",\s*(\w+)\)/g)
    // The site's own app, in the place of the public element.
    .filter((pair) => pair !== "ganvas-app SiteApp")
    .sort();
  // The public elements are declared as interfaces, without what they inherit from Lit.
  const declared = matches(/"([\w-]+)": (\w+?)(?:Element)?;/g).sort();
  expect(defined.length).toBeGreaterThan(40);
  expect(declared).toEqual(defined);
  expect(new Set(defined.map((pair) => pair.split(" ")[0])).size).toBe(defined.length);
});
