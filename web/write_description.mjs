// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// write_description.mjs FOLDER: reads the core's description of itself (JSON, from the program
// ganvas_description) and writes it as TypeScript, each part as a module of its own, so that a page
// loads only the parts that it uses. Files that would not change are left alone.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const HEAD = `// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

`;

const [folder] = process.argv.slice(2);
const description = JSON.parse(readFileSync(0, "utf8"));
const files = new Map(
  Object.entries(description).map(([name, value]) => [
    `${name}.ts`,
    `${HEAD}export const ${name.toUpperCase()} = ${JSON.stringify(value, null, 2)} as const;\n`,
  ]),
);
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(join(folder, file));
for (const [file, text] of files) {
  const path = join(folder, file);
  const old = readdirSync(folder).includes(file) ? readFileSync(path, "utf8") : null;
  if (old !== text) writeFileSync(path, text);
}
