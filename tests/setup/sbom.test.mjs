// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bill of materials names what ARCHITECTURE.md says that ships, and nothing that it says does not.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { repository } from "./run_script.mjs";
import { execFileSync } from "node:child_process";

/** The names in the table of dependencies, and whether each ships. */
async function table() {
  const text = await readFile(join(repository, "ARCHITECTURE.md"), "utf8");
  const rows = text.slice(text.indexOf("## Dependencies")).matchAll(/^\| (.+?) \| .+? \| (.+) \|$/gm);
  return [...rows].slice(1).flatMap(([, names, why]) => {
    const ships = !/never shipped|installed by/.test(why);
    return names
      .replace(/\(.*?\)/, "")
      .split(",")
      .map((name) => ({ name: name.trim().toLowerCase(), ships }));
  });
}

test("the bill of materials names every dependency that ships, with version and licence", async () => {
  const script = join(repository, "toolchain/sbom.mjs");
  const bom = JSON.parse(execFileSync("node", [script], { encoding: "utf8", maxBuffer: 2 ** 26 }));
  assert.equal(bom.bomFormat, "CycloneDX");
  const named = new Set(bom.components.map(({ name }) => name.toLowerCase()));
  const dependencies = await table();
  const shipped = dependencies.filter(({ ships }) => ships).map(({ name }) => name);
  assert.ok(shipped.length > 20, String(shipped));
  assert.deepEqual(
    shipped.filter((name) => !named.has(name)),
    [],
  );
  const others = dependencies.filter(({ ships }) => !ships).map(({ name }) => name);
  assert.deepEqual(
    others.filter((name) => named.has(name)),
    [],
  );
  for (const { name, version, licenses } of bom.components) {
    assert.ok(version && licenses?.length > 0, `${name} has a version and a licence`);
  }
});
