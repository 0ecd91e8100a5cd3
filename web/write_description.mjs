// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reads the core's description of itself (JSON, from the program ganvas_description) and writes it as a TypeScript module, each
// part an export of its own, so that a page loads only what it uses.

import { readFileSync } from "node:fs";

const head = `// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the core says of itself. Made by build-wasm.sh from src/io/description.cpp; do not edit.
`;
const description = JSON.parse(readFileSync(0, "utf8"));
const parts = Object.entries(description).map(
  ([name, value]) =>
    `export const ${name.toUpperCase()} = ${JSON.stringify(value, null, 2)} as const;\n`,
);
process.stdout.write([head, ...parts].join("\n"));
