// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The licences of what ships, as one text: the project's, those of the libraries in the WebAssembly, and those of the npm
// packages whose code a bundler took.

import { readdir, readFile, writeFile } from "node:fs/promises";

const PACKAGE = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
/** Not of hyphens, which would end a comment of HTML. */
const RULE = `\n\n${"=".repeat(80)}\n\n`;

/** A plugin for rolldown and Vite that adds the folders of the packages in a bundle to a set. */
export function collectPackages(folders) {
  return {
    name: "ganvas:collect-packages",
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        for (const id of part.type === "chunk" ? part.moduleIds : []) {
          const [, folder] = PACKAGE.exec(id) ?? [];
          if (folder !== undefined) folders.add(folder);
        }
      }
    },
  };
}

/** @throws when a package has no licence text */
export async function licenceText(folders) {
  const own = ["../LICENSE", "native_licences.txt"].map((name) =>
    readFile(new URL(name, import.meta.url), "utf8"),
  );
  const texts = await Promise.all([...own, ...[...folders].sort().map(notice)]);
  return `${texts.map((text) => text.trim()).join(RULE)}\n`;
}

/** Adds the packages that a file of licences lacks. */
export async function addLicences(file, folders) {
  let text = await readFile(file, "utf8");
  for (const added of await Promise.all([...folders].sort().map(notice))) {
    if (!text.includes(added)) text = `${text.trim()}${RULE}${added}\n`;
  }
  await writeFile(file, text);
}

async function notice(folder) {
  const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`The package ${name} has no licence text.`);
  const text = (await readFile(`${folder}/${file}`, "utf8")).trim();
  return `${name} ${version}, whose source is at https://www.npmjs.com/package/${name}\n\n${text}`;
}
