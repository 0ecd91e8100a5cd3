// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bill of materials names what ARCHITECTURE.md says that ships, and nothing that it says does not; and the licences in
// the built page and package are of what it names.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { repository } from "./run_script.mjs";

/** Without npm, whose old versions make no such list. */
const printed = () =>
  execFileSync(process.execPath, [join(repository, "toolchain/sbom.mjs")], { encoding: "utf8", env: { PATH: "" } });

/** The names in the table of dependencies, and whether each ships. */
async function table() {
  const text = await readFile(join(repository, "ARCHITECTURE.md"), "utf8");
  const rows = text.slice(text.indexOf("## Dependencies")).matchAll(/^\| (.+?) \| .+? \| (.+) \|$/gm);
  return [...rows].slice(1).flatMap(([, names, why]) => {
    const ships = !/never shipped|installed by/.test(why);
    return names
      .replace(/\(.*?\)/, "")
      .split(",")
      .map((name) => ({ name: name.trim().toLowerCase(), ships, inPage: ships && !/the command/.test(why) }));
  });
}

test("the bill of materials names every dependency that ships, with version and licence", async () => {
  const bom = JSON.parse(printed());
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
  for (const { type, name, version, licenses } of bom.components) {
    assert.ok((version || type === "data") && licenses?.length > 0, `${name} has a version and a licence`);
  }
});

test("the bill of materials has the C library of the static command and the digits, and no types", () => {
  const names = JSON.parse(printed()).components.map(({ name }) => name);
  for (const name of ["glibc", "libstdc++", "MNIST"]) assert.ok(names.includes(name), name);
  assert.deepEqual(
    names.filter((name) => name.startsWith("@types/")),
    [],
  );
});

test("the bill of materials is the same each time", () => {
  assert.equal(printed(), printed());
});

for (const folder of ["dist", "dist-package"]) {
  test(`web/${folder} has the licences of all npm packages of the bill and of the libraries in the WebAssembly`, async () => {
    const text = await readFile(join(repository, "web", folder, "licences.txt"), "utf8");
    const noticed = [...text.matchAll(/^(\S+ \S+), whose source is at https:\/\/www\.npmjs\.com\//gm)];
    const components = JSON.parse(printed()).components.filter(({ purl }) => purl?.startsWith("pkg:npm/"));
    // Only the site has a service worker.
    const isHere = ({ name }) => folder === "dist" || !name.startsWith("workbox-");
    assert.deepEqual(
      noticed.map(([, each]) => each).sort(),
      components
        .filter(isHere)
        .map(({ name, version }) => `${name} ${version}`)
        .sort(),
    );
    const lower = text.toLowerCase();
    const missing = (await table()).filter(({ name, inPage }) => inPage && !lower.includes(`\n${name}`));
    assert.deepEqual(missing.filter(isHere), []);
  });
}
