// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ONNX files in ONNX Runtime, in Node and in pages: what it computes is what the core computes, for every preset and every
// layer. Prints the table of docs/onnx.md.

import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PAGE, project, writeFiles } from "./consumer.mjs";
import { makeCases } from "./onnx_cases.mjs";
import { largestDifference } from "./onnx_parity.mjs";
import { closeBrowser, onPage, resultOf, serve, useFirefox } from "./pages.mjs";
import { resultInWebKit } from "./webkit.mjs";

const ONNX_RUNTIME = "1.30.0";
/** The core and ONNX Runtime add in different orders; f16 rounds each weight by up to 2^-11 of itself. */
const TOLERANCES = { f32: 1e-5, f16: 2e-3 };

let folder;
let cases;

before(async (context) => {
  folder = await project(context, {
    dependencies: { "onnxruntime-node": ONNX_RUNTIME, "onnxruntime-web": ONNX_RUNTIME },
    // Its script downloads libraries for graphics cards.
    files: { ".npmrc": "ignore-scripts=true\n" },
  });
  cases = await makeCases(folder);
});
after(closeBrowser);

const nodeRuntime = () => createRequire(join(folder, "package.json"))("onnxruntime-node");

/** The differences of each file, with its size, where they are no larger than rounding. */
function check(context, name, differences, files) {
  const row = Object.entries(differences).map(([dtype, difference]) => {
    return `${dtype} ${difference.toExponential(1)} (${files[dtype].length} bytes)`;
  });
  context.diagnostic(`${name}: ${row.join(", ")}`);
  for (const [dtype, difference] of Object.entries(differences)) {
    assert.ok(difference <= TOLERANCES[dtype], `${name}, ${dtype}: ${difference}`);
  }
}

async function differencesInNode({ files, batches }) {
  const ort = nodeRuntime();
  const differences = {};
  for (const [dtype, file] of Object.entries(files)) differences[dtype] = await largestDifference(ort, file, batches);
  return differences;
}

test("onnxruntime-node computes what the core computes, in batches of 1, 2 and 17", async (context) => {
  for (const each of cases) check(context, each.name, await differencesInNode(each), each.files);
});

test("a label that is no class is an error", async () => {
  const ort = nodeRuntime();
  const { files, batches } = cases.find(({ name }) => name === "quick G");
  const session = await ort.InferenceSession.create(files.f32, { logSeverityLevel: 4 });
  const { latents } = batches[0].feeds;
  const draw = (label) =>
    session.run({
      latents: new ort.Tensor("float32", latents.data, latents.dims),
      labels: new ort.Tensor("int64", BigInt64Array.of(label), [1]),
    });
  for (const label of [0n, 9n]) await draw(label);
  for (const label of [-1n, -5n, -10n, -11n, 10n, 2n ** 62n]) await assert.rejects(draw(label), /out of data bounds/);
});

/** A page with the library and the cases, on no other's host. */
async function writePage() {
  await cp(join(import.meta.dirname, "onnx_parity.mjs"), join(folder, "onnx_parity.mjs"));
  for (const [i, { files, batches }] of cases.entries()) {
    for (const [dtype, file] of Object.entries(files)) await writeFiles(folder, { [`cases/${i}-${dtype}.onnx`]: file });
    const numbers = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value, Number) : value);
    await writeFiles(folder, { [`cases/${i}.json`]: JSON.stringify(batches, numbers) });
  }
  await writeFiles(folder, {
    "index.html": PAGE,
    "app.js": `
      import * as ort from "./node_modules/onnxruntime-web/dist/ort.wasm.min.mjs";
      import { largestDifference } from "./onnx_parity.mjs";
      ort.env.wasm.wasmPaths = new URL("./node_modules/onnxruntime-web/dist/", import.meta.url).href;
      ort.env.wasm.numThreads = 1;
      const typed = ({ type, dims, data }) => ({
        type,
        dims,
        data: type === "int64" ? BigInt64Array.from(data, BigInt) : Float32Array.from(data),
      });
      const all = (tensors) => Object.fromEntries(Object.entries(tensors).map(([name, each]) => [name, typed(each)]));
      async function run(index) {
        const batches = (await (await fetch(\`cases/\${index}.json\`)).json()).map(({ feeds, expected }) => ({
          feeds: all(feeds),
          expected: all(expected),
        }));
        const differences = {};
        for (const dtype of ["f32", "f16"]) {
          const file = await (await fetch(\`cases/\${index}-\${dtype}.onnx\`)).arrayBuffer();
          const options = { executionProviders: ["wasm"] };
          differences[dtype] = await largestDifference(ort, new Uint8Array(file), batches, options);
        }
        return differences;
      }
      const { first, count } = JSON.parse(new URLSearchParams(location.search).get("options"));
      const results = [];
      for (let index = first; index < first + count; index += 1) results.push(await run(index));
      globalThis.result = results;`,
  });
}

test("the page of docs/onnx.md draws digits", async (context) => {
  const docs = await readFile(new URL("../../docs/onnx.md", import.meta.url), "utf8");
  const [, example] = /^```js\n(.*?)^```$/ms.exec(docs);
  const imports = { "onnxruntime-web/wasm": "../node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs" };
  const [head] = PAGE.split("\n");
  await writeFiles(folder, {
    "example/G.onnx": cases.find(({ name }) => name === "quick G").files.f16,
    "example/index.html": `${head}\n<script type="importmap">${JSON.stringify({ imports })}</script>
      <script type="module">${example}</script>`,
  });
  const line = await onPage(`${await serve(context, folder)}/example/`, async (page, lines) => {
    for (let waited = 0; waited < 600 && lines.length === 0; waited += 1) await page.waitForTimeout(100);
    return lines[0];
  });
  assert.equal(line, "10 x 1 x 28 x 28");
});

test("onnxruntime-web computes what the core computes, in Chromium, Firefox and WebKit", async (context) => {
  await writePage();
  const page = `${await serve(context, folder)}/`;
  const browsers = [
    { start: async () => {}, result: resultOf },
    { start: useFirefox, result: resultOf },
    { start: async () => {}, result: resultInWebKit },
  ];
  for (const { start, result } of browsers) {
    await start();
    // A page compiles the library once, and has a minute.
    for (let first = 0; first < cases.length; first += 9) {
      const some = cases.slice(first, first + 9);
      const results = await result(page, { first, count: some.length });
      for (const [i, { name, files }] of some.entries()) check(context, name, results[i], files);
    }
  }
});
