// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Prints what ships, in the page, the npm package and the command, as a CycloneDX bill of materials: npm's own
// list without what only builds and tests, and the C++ libraries, which npm does not know.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Bundled into the service worker, though the package does not depend on it. */
const ALSO_BUNDLED = ["workbox-core", "workbox-precaching"];

/** Debian 13's, which the build root pins: name, version, licence. Emscripten's are musl, libc++ and its own. */
const NATIVE = [
  ["Emscripten", "3.1.69", "(MIT OR NCSA) AND MIT AND Apache-2.0 WITH LLVM-exception"],
  ["xsimd", "13", "BSD-3-Clause"],
  ["Eigen", "3.4", "MPL-2.0"],
  ["xtensor", "0.25", "BSD-3-Clause"],
  ["RapidJSON", "1.1", "MIT"],
  ["protozero", "1.7", "BSD-2-Clause"],
  ["xxHash", "0.8", "BSD-2-Clause"],
  ["CLI11", "2.4", "BSD-3-Clause"],
  ["libpng", "1.6", "libpng-2.0"],
  ["zlib", "1.3", "Zlib"],
  ["libjpeg-turbo", "2.1", "IJG AND BSD-3-Clause AND Zlib"],
  ["libexif", "0.6", "LGPL-2.1-or-later"],
  ["minizip", "1.3", "Zlib"],
];

const bom = JSON.parse(
  execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  }),
);
const { dependencies } = JSON.parse(readFileSync(`${root}web/package.json`, "utf8"));
const needs = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
const shipped = new Set();
const ship = (ref) => {
  if (shipped.has(ref)) return;
  shipped.add(ref);
  for (const other of needs.get(ref) ?? []) ship(other);
};
const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name);
const direct = new Set([...Object.keys(dependencies), ...ALSO_BUNDLED]);
for (const component of bom.components) if (direct.has(nameOf(component))) ship(component["bom-ref"]);

const native = NATIVE.map(([name, version, expression]) => ({
  "bom-ref": `${name}@${version}`,
  type: "library",
  name,
  version,
  licenses: [{ expression }],
  purl: `pkg:generic/${name.toLowerCase()}@${version}`,
}));
const { serialNumber: _, ...same } = bom;
const { timestamp: __, ...metadata } = bom.metadata;
const printed = {
  ...same,
  metadata: { ...metadata, component: { ...metadata.component, name: "ganvas" } },
  components: [...bom.components.filter((each) => shipped.has(each["bom-ref"])), ...native],
  dependencies: bom.dependencies.filter(({ ref }) => shipped.has(ref)),
};
process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
