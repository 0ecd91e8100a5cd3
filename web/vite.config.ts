// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the page into dist/, which any static host can serve under any path, and serves it with the
// headers that the page is made for: cross-origin isolation (threads) and a strict content policy.

import { defineConfig } from "vitest/config";
import {
  contentPolicy,
  isOpening,
  plainImports,
  projectAssets,
  SECURITY_HEADERS,
  shortGlue,
} from "./vite_plugins.ts";

export default defineConfig({
  base: "./",
  plugins: [projectAssets(), plainImports(), shortGlue(), contentPolicy()],
  build: {
    target: "es2022",
    reportCompressedSize: true,
    // Every chunk is small and near: naming their imports ahead costs more bytes than it saves time.
    modulePreload: false,
    // What the page shares with the parts that it loads later is one file, and what only those share
    // is another: that compresses better than many.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: (id, modules) =>
                isOpening(id, (name) => modules.getModuleInfo(name)) ? "shared" : "shared_later",
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  server: { headers: { ...SECURITY_HEADERS.isolation } },
  preview: {
    port: 8080,
    headers: { ...SECURITY_HEADERS.isolation, ...SECURITY_HEADERS.policy },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // The core trains for real in some of them, and the machine may be busy with a build.
    testTimeout: 30_000,
    // A test that asserts nothing fails.
    expect: { requireAssertions: true },
    // The module's glue finds its own file by import.meta.url, so it must run as it was built.
    server: { deps: { external: [/public\/wasm/] } },
  },
});
