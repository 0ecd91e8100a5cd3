// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The package in the hands of those who install it: each consumer is really installed, built, and run until it has trained
// and judged. Training has the same bits everywhere, so the loss of 20 steps proves that the right engine ran.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { app, assertTrained, ISOLATION, NODE_APP, PAGE, project, run, startServer, tarball, writeFiles } from "./consumer.mjs";
import { assertElementTrains, ELEMENT_FILES } from "./elements.mjs";
import { assertTrains, assertTrainsEverywhere, closeBrowser, freePort, resultOf, serve } from "./pages.mjs";

const FILES = { "index.html": PAGE, "app.js": app(), ...ELEMENT_FILES };

after(closeBrowser);

test("the engine's code and WebAssembly have at most 1.4 MB, the whole package 2.36 MB", async (context) => {
  const { files, unpackedSize } = await tarball("dist-package");
  const ofEngine = files.filter(({ path }) => /\.(js|gz|safetensors)$/.test(path) && !path.startsWith("element"));
  const engine = ofEngine.reduce((sum, { size }) => sum + size, 0);
  context.diagnostic(`${engine} bytes of the engine, ${unpackedSize} in all`);
  assert.ok(engine > 500_000 && engine <= 1_400_000);
  assert.ok(unpackedSize <= 2_360_000);
});

test(`Node ${process.versions.node}: one thread and two`, async (context) => {
  const folder = await project(context, { files: { "app.js": NODE_APP } });
  for (const threads of [1, 2]) {
    const output = await run(folder, process.execPath, "app.js", String(threads));
    assertTrained(context, JSON.parse(output), threads);
  }
});

test("Vite: development with and without its optimizer, build, and data as assets", async (context) => {
  const config = (exclude) => `export default {
    optimizeDeps: { exclude: ${JSON.stringify(exclude)} },
    server: { headers: ${JSON.stringify(ISOLATION)} },
    build: { rolldownOptions: { input: ["index.html", "data.html", "element.html"] } },
  };`;
  const folder = await project(context, {
    dependencies: { vite: "8.3.8" },
    data: true,
    files: {
      ...FILES,
      "vite.config.js": config([]),
      "excluded.config.js": config(["ganvas"]),
      "data.html": PAGE.replace("app.js", "data.js"),
      "data.js": `
        import { loadMnist } from "ganvas";
        import imagesUrl from "ganvas-data/mnist/t10k-images-idx3-ubyte.gz?url";
        import labelsUrl from "ganvas-data/mnist/t10k-labels-idx1-ubyte.gz?url";
        const { labels } = await loadMnist({ imagesUrl, labelsUrl, examples: 10 });
        globalThis.result = [...labels];`,
    },
  });
  const firstLabels = [7, 2, 1, 0, 4, 1, 4, 9, 5, 9];
  for (const name of ["vite.config.js", "excluded.config.js"]) {
    const port = await freePort();
    const origin = `http://localhost:${port}/`;
    await startServer(context, folder, origin, "node_modules/.bin/vite", "--port", port, "--strictPort", "--config", name);
    await assertTrains(context, origin, true);
    assert.deepEqual(await resultOf(`${origin}data.html`), firstLabels);
    await assertElementTrains(context, `vite-${name}`, `${origin}element.html`);
  }
  await run(folder, "node_modules/.bin/vite", "build");
  await assertTrainsEverywhere(context, join(folder, "dist"));
  const origin = await serve(context, join(folder, "dist"));
  assert.deepEqual(await resultOf(`${origin}/data.html`), firstLabels);
  await assertElementTrains(context, "vite-build", `${origin}/element.html`);
});

test("webpack 5: development and build", async (context) => {
  const folder = await project(context, {
    dependencies: { webpack: "5.112.2", "webpack-cli": "7.3.1" },
    files: FILES,
  });
  for (const mode of ["development", "production"]) {
    for (const [page, script] of [
      ["index.html", "app.js"],
      ["element.html", "element.js"],
    ]) {
      const output = ["--entry", `./${script}`, "--output-filename", script];
      await run(folder, "node_modules/.bin/webpack", "--mode", mode, "--output-path", mode, ...output);
      await cp(join(folder, page), join(folder, mode, page));
    }
    await assertTrainsEverywhere(context, join(folder, mode));
    const origin = await serve(context, join(folder, mode));
    await assertElementTrains(context, `webpack-${mode}`, `${origin}/element.html`);
  }
});

test("esbuild: the copy of engine/, or its folder's address", async (context) => {
  const folder = await project(context, { dependencies: { esbuild: "0.28.2" }, files: FILES });
  const built = ["app.js", "element.js", "--bundle", "--format=esm", "--splitting", "--outdir=dist"];
  await run(folder, "node_modules/.bin/esbuild", ...built);
  for (const name of ["index.html", "element.html"]) await cp(join(folder, name), join(folder, "dist", name));
  const page = `${await serve(context, join(folder, "dist"))}/`;
  const { failed } = await resultOf(page);
  assert.match(failed, /^worker_lost: .*copy the package's engine\/ beside the bundle/);

  const engine = join(folder, "node_modules/ganvas/engine");
  await cp(engine, join(folder, "dist/files"), { recursive: true });
  for (const baseUrl of ["./files/", "files", "/files/", `${page}files/`]) {
    await assertTrains(context, page, false, { baseUrl });
  }
  await cp(join(folder, "index.html"), join(folder, "dist/deep/page.html"));
  await writeFiles(folder, { "dist/deep/app.js": `import "../app.js";` });
  await assertTrains(context, `${page}deep/page.html`, false, { baseUrl: "../files/" });

  await cp(engine, join(folder, "dist/engine"), { recursive: true });
  await assertTrainsEverywhere(context, join(folder, "dist"));
  await assertElementTrains(context, "esbuild", `${page}element.html`);
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
      "element.ts": `
        import "ganvas/element";
        import type { ClientSession, GanvasError } from "ganvas";
        import type { GanvasAppElement, GanvasEventMap } from "ganvas/element";
        const app: GanvasAppElement = document.createElement("ganvas-app");
        app.seed = 7;
        document.querySelector("ganvas-samples")?.setAttribute("rows", "2");
        app.addEventListener("ganvas-step", ({ detail }) => console.log(detail.lossD.toFixed(3)));
        const failed = ({ detail }: GanvasEventMap["ganvas-error"]): GanvasError["code"] => detail.code;
        app.addEventListener("ganvas-error", failed);
        export const session: ClientSession | null = app.session;
        // @ts-expect-error: no such event
        const none: GanvasEventMap["ganvas-none"] | null = null;`,
      "bundler.json": JSON.stringify({
        compilerOptions: { ...options, module: "esnext", moduleResolution: "bundler" },
        files: ["app.ts", "element.ts"],
      }),
      "nodenext.json": JSON.stringify({
        compilerOptions: { ...options, module: "nodenext", types: ["node"] },
        files: ["app.ts", "element.ts"],
      }),
    },
  });
  for (const config of ["bundler.json", "nodenext.json"]) {
    await run(folder, "node_modules/.bin/tsc", "--project", config);
  }
});

test("a server that renders imports it without touching a page", async (context) => {
  const folder = await project(context, {
    files: {
      "app.js": `
        for (const name of ["window", "document", "self", "location", "navigator", "Worker"]) {
          Object.defineProperty(globalThis, name, { get() { throw new Error(name + " was touched"); } });
        }
        const { connectGanvas } = await import("ganvas");
        await import("ganvas/element");
        console.log(typeof connectGanvas);`,
    },
  });
  assert.equal(await run(folder, process.execPath, "app.js"), "function\n");
});
