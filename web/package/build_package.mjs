// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the npm package into web/dist-package. index.js (the engine's API) and element.js (the elements, with their parts in
// elements/) share client.js, which alone knows the files of engine/, by literal addresses. A bundler that follows them
// carries the files along, and for any other bundler it is enough to copy engine/ beside the bundle. The data is a package
// of its own, in web/dist-package-data.

import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { minify } from "rolldown/utils";
import { dts } from "rolldown-plugin-dts";
import { writeData, writePlainModels } from "../data_files.mjs";
import { build, judgeSum } from "../engine/modules/build.js";
import { inlineStyles } from "../inline_styles.mjs";
import { collectPackages, licenceText } from "../licences.mjs";
import { isBehindEntry, isOfClient } from "../module_graph.mjs";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const target = path("dist-package");
/** Names this build of the package: its code and that of its libraries, what bundles them, and its modules. */
const suffix = `-${createHash("sha256")
  .update(build)
  .update(await readSources())
  .digest("hex")
  .slice(0, 8)}`;
/** Scripts of engine/, by their source. */
const SCRIPTS = {
  worker: "worker/main.ts",
  judge_worker: "worker/judge_main.ts",
  pictures_worker: "worker/pictures_main.ts",
  thread: "engine/thread.ts",
};

/** Folders of the libraries whose code is in the package. */
const packages = new Set();

/** All code of the package, this script, and the list of all versions. */
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
    .concat(path("package/build_package.mjs"), path("../package-lock.json"))
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
        ? `${Object.entries({ build, judgeSum, suffix })
            .map(([name, value]) => `export const ${name} = "${value}";`)
            .join("\n")}\n`
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
    plugins: [packageAddresses(toEngine), inlineStyles, collectPackages(packages)],
  });
  await bundled.write({ format: "es", ...output });
  await bundled.close();
}

async function buildScripts() {
  await bundle({ index: path("index.ts"), element: path("element.ts") }, "./engine/", {
    dir: target,
    entryFileNames: "[name].js",
    chunkFileNames: ({ name }) =>
      ["client", "inflate", "sha256_library"].includes(name)
        ? "[name].js"
        : `elements/${name.split("~")[0]}-[hash].js`,
    codeSplitting: {
      groups: [
        { name: "client", test: (id) => isOfClient(id, path("..")), priority: 1 },
        // Fewer files, each of which is needed whole.
        {
          name: "shared",
          minShareCount: 2,
          entriesAware: true,
          entriesAwareMergeThreshold: 12_000,
        },
      ],
    },
  });
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

/**
 * Elements and libraries. client.js and what is beside it must keep what bundlers look for: comments beside imports, and
 * addresses in quotes.
 */
async function minifyLargest() {
  const libraries = /^(inflate|sha256_library)(-\w+)?\.js$/;
  for (const name of await readdir(target, { recursive: true })) {
    if (!libraries.test(name.split("/").at(-1)) && !/^elements\/.*\.js$/.test(name)) continue;
    const file = `${target}/${name}`;
    const { code } = await minify(name, await readFile(file, "utf8"), { module: true });
    await writeFile(file, code);
  }
}

async function buildTypes() {
  const bundled = await rolldown({
    input: { index: path("index.ts"), element: path("element.ts") },
    external: /\/modules\//,
    plugins: [dts({ emitDtsOnly: true, tsconfig: path("tsconfig.json") })],
  });
  await bundled.write({
    dir: target,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "types.js",
  });
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
      "./element": { types: "./element.d.ts", default: "./element.js" },
      "./package.json": "./package.json",
    },
    module: "./index.js",
    types: "./index.d.ts",
    files: ["*.js", "*.d.ts", "elements", "elements.md", "engine", "licences.txt"],
    // Workers and threads run when they are imported, and elements are defined.
    sideEffects: ["./engine/*.js", "./element.js", "./elements/*.js"],
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
  await writeData(folder);
  await writePlainModels(`${folder}/models`);
}

await rm(target, { recursive: true, force: true });
await mkdir(`${target}/engine`, { recursive: true });
await buildScripts();
await minifyLargest();
await buildTypes();
await copyModules();
await copyFile(path("package/README.md"), `${target}/README.md`);
await copyFile(path("../docs/embedding.md"), `${target}/elements.md`);
await copyFile(path("../LICENSE"), `${target}/LICENSE`);
await writeFile(`${target}/licences.txt`, await licenceText(packages));
await writeManifest();
await buildData();
