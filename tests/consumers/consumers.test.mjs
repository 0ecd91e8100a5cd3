// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The package in the hands of those who install it: each consumer is really installed, built, and run until it has trained
// and judged. Training has the same bits everywhere, so the loss of 20 steps proves that the right engine ran.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  app,
  CDN,
  closeBrowser,
  freePort,
  ISOLATION,
  NODE_APP,
  PAGE,
  project,
  resultOf,
  run,
  serve,
  startServer,
  writeFiles,
} from "./consumer.mjs";

const FILES = { "index.html": PAGE, "app.js": app() };
/** Of preset toy2d after 20 steps, by the native command's bits without fused multiply-add. */
let lossD;

after(closeBrowser);

/** The page trains with two threads if it is isolated, and says why it does not if it is not. */
async function assertTrains(context, address, isolated) {
  const result = await resultOf(`${address}?threads=${isolated ? 2 : "1"}`);
  context.diagnostic(JSON.stringify(result));
  assert.equal(result.failed, undefined);
  assert.equal(result.isolated, isolated);
  assert.equal(result.build, isolated ? "simd-mt" : "simd");
  assert.equal(result.threads, isolated ? 2 : 1);
  assert.equal(result.lossD, lossD);
  assert.equal(result.judged, 1);
}

test("Node: one thread and two", async (context) => {
  const folder = await project(context, { files: { "app.js": NODE_APP } });
  const single = JSON.parse(await run(folder, process.execPath, "app.js", "1"));
  const double = JSON.parse(await run(folder, process.execPath, "app.js", "2"));
  assert.equal(single.build, "simd");
  assert.equal(double.build, "simd-mt");
  assert.equal(double.lossD, single.lossD);
  lossD = single.lossD;
});

test("Vite: development with and without its optimizer, and build", async (context) => {
  const config = (exclude) => `export default {
    optimizeDeps: { exclude: ${JSON.stringify(exclude)} },
    server: { headers: ${JSON.stringify(ISOLATION)} },
  };`;
  const folder = await project(context, {
    dependencies: { vite: "8.3.8" },
    files: { ...FILES, "vite.config.js": config([]), "excluded.config.js": config(["ganvas"]) },
  });
  for (const name of ["vite.config.js", "excluded.config.js"]) {
    const port = await freePort();
    const origin = `http://localhost:${port}/`;
    await startServer(context, folder, origin, "node_modules/.bin/vite", "--port", port, "--strictPort", "--config", name);
    await assertTrains(context, origin, true);
  }
  await run(folder, "node_modules/.bin/vite", "build");
  await assertTrains(context, `${await serve(context, join(folder, "dist"))}/`, false);
  await assertTrains(context, `${await serve(context, join(folder, "dist"), ISOLATION)}/`, true);
});

test("webpack 5: build", async (context) => {
  const folder = await project(context, {
    dependencies: { webpack: "5.112.2", "webpack-cli": "7.3.1" },
    files: {
      ...FILES,
      "index.html": PAGE.replace(' type="module"', "").replace("./app.js", "./main.js"),
    },
  });
  await run(folder, "node_modules/.bin/webpack", "--mode", "production", "--entry", "./app.js");
  await cp(join(folder, "index.html"), join(folder, "dist/index.html"));
  await assertTrains(context, `${await serve(context, join(folder, "dist"))}/`, false);
  await assertTrains(context, `${await serve(context, join(folder, "dist"), ISOLATION)}/`, true);
});

test("esbuild: build, with the copy of engine/", async (context) => {
  const folder = await project(context, { dependencies: { esbuild: "0.28.2" }, files: FILES });
  const built = ["app.js", "--bundle", "--format=esm", "--outdir=dist"];
  await run(folder, "node_modules/.bin/esbuild", ...built);
  await cp(join(folder, "index.html"), join(folder, "dist/index.html"));
  const origin = await serve(context, join(folder, "dist"));
  const without = await resultOf(`${origin}/`);
  assert.match(without.failed, /^worker_lost: .* copy the package's engine\/ beside the bundle/);
  await cp(join(folder, "node_modules/ganvas/engine"), join(folder, "dist/engine"), { recursive: true });
  await assertTrains(context, `${origin}/`, false);
  await assertTrains(context, `${await serve(context, join(folder, "dist"), ISOLATION)}/`, true);
});

test("strict TypeScript, with the libraries checked", async (context) => {
  const options = {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2022", "dom"],
    types: [],
  };
  const folder = await project(context, {
    dependencies: { typescript: "5.9.3", "@types/node": "20.19.43" },
    files: {
      "app.ts": `
        import { connectGanvas, type ClientSession, GanvasError } from "ganvas";
        export async function loss(): Promise<number> {
          const ganvas = await connectGanvas({ threads: "auto", baseUrl: "/app/" });
          const session: ClientSession = await ganvas.createSession({ preset: "seed", seed: 1 });
          const { lossD } = await session.train(20);
          // @ts-expect-error: a promise, not an array
          const samples: Float32Array = session.sample({ count: 64, seed: 7 });
          const reason: string | undefined = ganvas.info.fallback?.reason;
          if (reason === "") throw new GanvasError("internal", reason);
          return lossD;
        }`,
      "bundler.json": JSON.stringify({
        compilerOptions: { ...options, module: "esnext", moduleResolution: "bundler" },
        files: ["app.ts"],
      }),
      "nodenext.json": JSON.stringify({
        compilerOptions: { ...options, module: "nodenext", types: ["node"] },
        files: ["app.ts"],
      }),
    },
  });
  for (const config of ["bundler.json", "nodenext.json"]) {
    await run(folder, "node_modules/.bin/tsc", "--project", config);
  }
});

test("a page that imports from another origin, isolated or not", async (context) => {
  const folder = await project(context, {});
  const cdn = await serve(context, join(folder, "node_modules"), CDN);
  await writeFiles(folder, {
    "site/index.html": PAGE,
    "site/app.js": app("{}", `${cdn}/ganvas/index.js`),
  });
  await assertTrains(context, `${await serve(context, join(folder, "site"))}/`, false);
  await assertTrains(context, `${await serve(context, join(folder, "site"), ISOLATION)}/`, true);
});
