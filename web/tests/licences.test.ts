// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The licences of what a bundle contains. tests/setup/sbom.test.mjs checks those of the built page and package.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addLicences, collectPackages, licenceText } from "../licences.mjs";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ganvas-licences-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A package whose code is `export const value = "NAME"`. */
async function makePackage(name: string, licence?: string): Promise<string> {
  const target = join(folder, "node_modules", name);
  await mkdir(target, { recursive: true });
  const manifest = { name, version: "1.2.3", type: "module", main: "index.js" };
  await writeFile(join(target, "package.json"), JSON.stringify(manifest));
  await writeFile(join(target, "index.js"), `export const value = ${JSON.stringify(name)};`);
  if (licence !== undefined) await writeFile(join(target, "LICENSE.md"), licence);
  return target;
}

it("a bundle's packages are those of which it has code", async () => {
  const used = [await makePackage("plain"), await makePackage("@scope/inner")];
  await makePackage("shaken-off");
  const entry = join(folder, "entry.js");
  await writeFile(
    entry,
    `import { value as a } from "plain"; import { value as b } from "@scope/inner";
     import { value as c } from "shaken-off"; console.log(a, b);`,
  );
  const packages = new Set<string>();
  const bundle = await rolldown({ input: entry, plugins: [collectPackages(packages)] });
  await bundle.generate();
  expect([...packages].sort()).toEqual(used.sort());
});

it("the text has the project's licence, the native libraries' and each package's", async () => {
  const text = await licenceText(
    new Set([await makePackage("plain", "Do with it what you like.")]),
  );
  expect(text).toContain("The Ganvas authors");
  expect(text).toContain("Eigen, whose source is at");
  expect(text).toContain("plain 1.2.3, whose source is at");
  expect(text).toContain("Do with it what you like.");
});

it("a package without a licence text is an error", async () => {
  const packages = new Set([await makePackage("bare")]);
  await expect(licenceText(packages)).rejects.toThrow("The package bare has no licence text.");
});

it("a licence that a file has already is not added again", async () => {
  const file = join(folder, "licences.txt");
  await writeFile(file, await licenceText(new Set([await makePackage("first", "One.")])));
  const both = new Set([await makePackage("first", "One."), await makePackage("second", "Two.")]);
  for (let time = 0; time < 2; time += 1) await addLicences(file, both);
  const text = await readFile(file, "utf8");
  expect(text.match(/whose source is at https:\/\/www/g)).toHaveLength(2);
  expect(text).toContain("Two.");
});
