// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Consumers that take minutes to install or to build: tests/run.sh runs them with --deep.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { app, assertTrained, ISOLATION, NODE_APP, PAGE, project, run, startServer, TRAIN } from "./consumer.mjs";
import { assertElementTrains } from "./elements.mjs";
import { assertTrains, assertTrainsEverywhere, closeBrowser, freePort, pageOfOtherOrigin, policy, useFirefox } from "./pages.mjs";

const FILES = { "index.html": PAGE, "app.js": app() };

after(closeBrowser);

test("Parcel 2: development and build", async (context) => {
  const folder = await project(context, { dependencies: { parcel: "2.16.4" }, files: FILES });
  const port = await freePort();
  const origin = `http://localhost:${port}/`;
  await startServer(
    context,
    folder,
    origin,
    "node_modules/.bin/parcel",
    "serve",
    "index.html",
    "--port",
    port,
    "--dist-dir",
    "served",
  );
  await assertTrains(context, origin, false);
  await run(folder, "node_modules/.bin/parcel", "build", "index.html", "--no-cache");
  await assertTrainsEverywhere(context, join(folder, "dist"));
});

test("Rollup: build, with the copy of engine/", async (context) => {
  const folder = await project(context, {
    dependencies: { rollup: "4.68.5", "@rollup/plugin-node-resolve": "16.0.3" },
    files: FILES,
  });
  await run(folder, "node_modules/.bin/rollup", "app.js", "--plugin", "node-resolve", "--dir", "dist");
  await cp(join(folder, "index.html"), join(folder, "dist/index.html"));
  await cp(join(folder, "node_modules/ganvas/engine"), join(folder, "dist/engine"), { recursive: true });
  await assertTrainsEverywhere(context, join(folder, "dist"));
});

test("Next.js 16: development and build, by Turbopack and by webpack", async (context) => {
  const headers = Object.entries(ISOLATION).map(([key, value]) => ({ key, value }));
  const folder = await project(context, {
    dependencies: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
    files: {
      "next.config.mjs": `export default {
        headers: () => [{ source: "/:path*", headers: ${JSON.stringify(headers)} }],
      };`,
      "app/layout.jsx": `export default ({ children }) => <html lang="en"><body>{children}</body></html>;`,
      "app/page.jsx": `"use client";
        import { connectGanvas, connectJudge } from "ganvas";
        import { useEffect } from "react";
        ${TRAIN}
        export default function Page() {
          useEffect(() => void report(), []);
          return <p>consumer</p>;
        }`,
      "app/element/page.jsx": `"use client";
        import "ganvas/element";
        import { useEffect, useRef } from "react";
        export default function Page() {
          const app = useRef(null);
          useEffect(() => void customElements.whenDefined("ganvas-app").then(() => app.current.play()), []);
          return <ganvas-app ref={app} preset="toy2d" seed="1" view="train" />;
        }`,
    },
  });
  const next = "node_modules/.bin/next";
  const serveAndTrain = async (...command) => {
    const port = await freePort();
    const origin = `http://localhost:${port}/`;
    const stop = await startServer(context, folder, origin, next, ...command, "--port", port);
    await assertTrains(context, origin, true);
    await assertElementTrains(context, `next-${command.join("")}`, `${origin}element`);
    await stop();
  };
  for (const bundler of ["--turbopack", "--webpack"]) {
    await serveAndTrain("dev", bundler);
    await run(folder, next, "build", bundler);
    await serveAndTrain("start");
  }
});

test("Node 22: one thread and two", async (context) => {
  const folder = await project(context, {
    dependencies: { node: "22.23.3" },
    files: { "app.js": NODE_APP },
  });
  const node = join(folder, "node_modules/.bin/node");
  assert.equal(await run(folder, node, "--version"), "v22.23.3\n");
  for (const threads of [1, 2]) {
    assertTrained(context, JSON.parse(await run(folder, node, "app.js", String(threads))), threads);
  }
});

test("Node 24: onnxruntime-node computes what the core computes", async (context) => {
  const folder = await project(context, { dependencies: { node: "24.21.0" } });
  const node = join(folder, "node_modules/.bin/node");
  const tests = join(import.meta.dirname, "onnx.test.mjs");
  const options = ["--test", "--test-name-pattern=^onnxruntime-node", "--test-reporter=tap"];
  // Tests inside of a test would report to that.
  const output = await run(folder, "env", "--unset=NODE_TEST_CONTEXT", node, ...options, tests);
  assert.match(output, /^ok 1 - onnxruntime-node computes/m);
});

test("Firefox: another origin, isolated or not, and under the policy that the README names", async (context) => {
  await useFirefox();
  const { cdn, host } = await pageOfOtherOrigin(context);
  await assertTrains(context, await host({}), false);
  await assertTrains(context, await host(ISOLATION), true);
  await assertTrains(context, await host({ ...ISOLATION, ...policy(cdn) }), true);
});
