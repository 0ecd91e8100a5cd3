// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Every element has a name of its own. A name in HTMLElementTagNameMap cannot stand for two classes,
// so what is left to check is that every element is listed there.

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

it("every element's name stands for its class in HTMLElementTagNameMap, and for no other", () => {
  const defined = matches(/customElements\.define\(\s*"([\w-]+)",\s*(\w+)\)/g).sort();
  const declared = matches(/"([\w-]+)": (\w+);/g).sort();
  expect(defined.length).toBeGreaterThan(40);
  expect(declared).toEqual(defined);
  expect(new Set(defined.map((pair) => pair.split(" ")[0])).size).toBe(defined.length);
});
