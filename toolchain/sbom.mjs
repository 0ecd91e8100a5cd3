// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Prints what ships, in the page, the npm package and the command, as a CycloneDX bill of materials: the npm packages
// of package-lock.json without what only builds and tests, the C++ libraries, and the digits.

import { readFileSync } from "node:fs";

const readJson = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

/** Bundled into the service worker, though the package does not depend on it. */
const ALSO_BUNDLED = ["workbox-core", "workbox-precaching"];
/** Needed by what is bundled, for types, for Node, or for a part of it that is left out. */
const NOT_BUNDLED = /^(@types\/.*|@lit-labs\/ssr-dom-shim|workbox-routing)$/;

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
  // In the command that is linked statically.
  ["glibc", "2.41", "LGPL-2.1-or-later"],
  ["libstdc++", "14.2", "GPL-3.0-or-later WITH GCC-exception-3.1"],
];
/** The digits have no version. */
const MNIST = {
  "bom-ref": "MNIST",
  type: "data",
  name: "MNIST",
  licenses: [{ expression: "CC-BY-SA-3.0" }],
};

const { packages } = readJson("package-lock.json");

/** Where npm has installed what the package of a folder needs. */
function folderOf(name, folder) {
  const around = folder.split("/node_modules/");
  for (; around.length > 0; around.pop()) {
    const path = `${around.join("/node_modules/")}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
  }
  return `node_modules/${name}`;
}

const nameOf = (folder) => folder.split("node_modules/").at(-1);
const refOf = (folder) => `${nameOf(folder)}@${packages[folder].version}`;

/** Folder of a package that ships -> the folders of those that it needs. */
const shipped = new Map();
function ship(names, folder) {
  const needed = names.filter((name) => !NOT_BUNDLED.test(name)).map((name) => folderOf(name, folder));
  for (const each of needed) {
    if (shipped.has(each)) continue;
    shipped.set(each, []);
    shipped.set(each, ship(Object.keys(packages[each].dependencies ?? {}), each));
  }
  return needed;
}
ship([...Object.keys(packages.web.dependencies), ...ALSO_BUNDLED], "web");
const folders = [...shipped.keys()].sort();

const npm = folders.map((folder) => {
  const { version, license, integrity } = packages[folder];
  return {
    "bom-ref": refOf(folder),
    type: "library",
    name: nameOf(folder),
    version,
    hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.slice(7), "base64").toString("hex") }],
    licenses: [{ expression: license }],
    purl: `pkg:npm/${nameOf(folder).replace("@", "%40")}@${version}`,
  };
});
const native = NATIVE.map(([name, version, expression]) => ({
  "bom-ref": `${name}@${version}`,
  type: "library",
  name,
  version,
  licenses: [{ expression }],
  purl: `pkg:generic/${encodeURIComponent(name.toLowerCase())}@${version}`,
}));
const { name, version, license } = packages.web;
const printed = {
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: {
    component: {
      "bom-ref": `${name}@${version}`,
      type: "application",
      name,
      version,
      licenses: [{ expression: license }],
    },
  },
  components: [...npm, ...native, MNIST],
  dependencies: folders.map((folder) => ({
    ref: refOf(folder),
    dependsOn: shipped.get(folder).map(refOf),
  })),
};
process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
