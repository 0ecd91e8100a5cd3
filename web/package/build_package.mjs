// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the npm package into web/dist-package: index.js with index.d.ts, and in engine/ everything that it loads at run
// time. index.js is one file and knows engine/ only by literal addresses, so a bundler that follows them carries the files
// along, and for any other bundler it is enough to copy engine/ beside the bundle. The data is a package of its own, in
// web/dist-package-data.

import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { build } from "../engine/modules/build.js";
import { isBehindEntry } from "../module_graph.mjs";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const target = path("dist-package");
/** Names this build of the package: its code as well as its modules. */
const suffix = `-${createHash("sha256")
  .update(build)
  .update(await readSources())
  .digest("hex")
  .slice(0, 8)}`;
/** Scripts of engine/, by their source. */
const SCRIPTS = {
  worker: "worker/main.ts",
  judge_worker: "worker/judge_main.ts",
  thread: "engine/thread.ts",
};

/** All code of the package. */
async function readSources() {
  const folders = ["engine", "calls", "worker", "client"];
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(path(folder))).map((name) => path(`${folder}/${name}`)),
    ),
  );
  const sources = names
    .flat()
    .filter((name) => name.endsWith(".ts"))
    .sort();
  return Buffer.concat(await Promise.all(sources.map((name) => readFile(name))));
}

/** Puts the addresses of the package in the place of the source tree's, seen from a script in its root or in engine/. */
function packageAddresses(toEngine) {
  const scripts = Object.entries(SCRIPTS).map(([name, source]) => [source.split("/").at(-1), name]);
  return {
    name: "ganvas:package-addresses",
    load: (id) =>
      id.endsWith("/modules/build.js")
        ? `export const build = "${build}";\nexport const suffix = "${suffix}";\n`
        : undefined,
    resolveId: (id) =>
      id.includes("/modules/ganvas")
        ? { id: engineAddress(id, toEngine), external: true }
        : undefined,
    transform(code) {
      let result = code.replaceAll(
        /"\.\/modules\/[\w.-]+\.(?:gz|safetensors)"|NODE_THREAD = "[^"]*"/g,
        (literal) =>
          literal.replace(/"(.*)"/, (_, address) => `"${engineAddress(address, toEngine)}"`),
      );
      for (const [file, name] of scripts) {
        result = result.replaceAll(
          new RegExp(`new URL\\("[./a-z]*/${file}", import`, "g"),
          `new URL("${toEngine}${name}${suffix}.js", import`,
        );
      }
      return { code: result, map: null };
    },
  };
}

function engineAddress(address, toEngine) {
  return address.replace(/^\.\/modules\/([\w-]+)\.(.*)$/, `${toEngine}$1${suffix}.$2`);
}

async function bundle(input, toEngine, output) {
  const bundled = await rolldown({
    input,
    platform: "neutral",
    resolve: { mainFields: ["module", "main"] },
    plugins: [packageAddresses(toEngine)],
  });
  await bundled.write({ format: "es", ...output });
  await bundled.close();
}

async function buildScripts() {
  await bundle({ index: path("index.ts") }, "./engine/", { dir: target, codeSplitting: false });
  const scripts = Object.entries(SCRIPTS).map(([name, source]) => [name, path(source)]);
  await bundle(Object.fromEntries(scripts), "./", {
    dir: `${target}/engine`,
    entryFileNames: `[name]${suffix}.js`,
    chunkFileNames: `[name]${suffix}.js`,
    codeSplitting: {
      groups: [
        { name: "shared", minShareCount: 2 },
        {
          name: (id, modules) =>
            isBehindEntry(id, (name) => modules.getModuleInfo(name)) ? "opening" : null,
        },
      ],
    },
  });
}

async function buildTypes() {
  const bundled = await rolldown({
    input: { index: path("index.ts") },
    external: /\/modules\//,
    plugins: [dts({ emitDtsOnly: true, tsconfig: path("tsconfig.json") })],
  });
  await bundled.write({ dir: target, format: "es", entryFileNames: "[name].js" });
  await bundled.close();
}

async function copyModules() {
  const names = (await readdir(path("engine/modules"))).filter((name) => name !== "build.js");
  for (const name of names) {
    await copyFile(
      path(`engine/modules/${name}`),
      `${target}/engine/${engineAddress(`./modules/${name}`, "")}`,
    );
  }
}

/** Licences of what is bundled in. */
async function writeLicences() {
  const parts = [await readFile(path("../LICENSE"), "utf8")];
  for (const name of ["fflate", "wasm-feature-detect"]) {
    const text = await readFile(path(`../node_modules/${name}/LICENSE`), "utf8");
    parts.push(`This package contains ${name}:\n\n${text}`);
  }
  await writeFile(`${target}/LICENSE`, parts.join("\n---\n\n"));
}

async function writeManifest() {
  const source = JSON.parse(await readFile(path("package.json"), "utf8"));
  const { name, version, description, license, repository, type } = source;
  const manifest = {
    name,
    version,
    description,
    keywords: [
      "gan",
      "generative adversarial network",
      "webassembly",
      "machine learning",
      "mnist",
      "education",
    ],
    license,
    author: "The Ganvas authors",
    repository,
    type,
    // One entry a line; the build of engine/ serves all of them.
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./package.json": "./package.json",
    },
    module: "./index.js",
    types: "./index.d.ts",
    files: ["index.js", "index.d.ts", "engine"],
    // Workers and threads run when they are imported.
    sideEffects: ["./engine/*.js"],
    engines: { node: ">=20.19.0" },
    publishConfig: { access: "public", provenance: true },
  };
  await writeFile(`${target}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The digits and the generators; the judge's weights are in engine/. */
async function buildData() {
  const folder = path("dist-package-data");
  await rm(folder, { recursive: true, force: true });
  for (const name of ["package.json", "README.md"]) {
    await cp(path(`package/data/${name}`), `${folder}/${name}`);
  }
  await cp(path("../LICENSE"), `${folder}/LICENSE`);
  const wanted = { mnist: /\.gz$|^README\.md$/, models: /^(?!judge).*\.safetensors$|^README\.md$/ };
  for (const [name, pattern] of Object.entries(wanted)) {
    for (const file of (await readdir(path(`../assets/${name}`))).filter((file) =>
      pattern.test(file),
    )) {
      await cp(path(`../assets/${name}/${file}`), `${folder}/${name}/${file}`);
    }
  }
}

await rm(target, { recursive: true, force: true });
await mkdir(`${target}/engine`, { recursive: true });
await buildScripts();
await buildTypes();
await copyModules();
await copyFile(path("package/README.md"), `${target}/README.md`);
await writeLicences();
await writeManifest();
await buildData();
