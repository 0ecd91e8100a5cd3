// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Builds the page into dist/, for any static host and path, and serves it with the headers that it
// needs: cross-origin isolation (for threads) and a strict content security policy.

import { defineConfig } from "vitest/config";
import { collectPackages } from "./licences.mjs";
import { isBehindEntry, isOpening } from "./module_graph.mjs";
import {
  browserOnly,
  contentPolicy,
  inlineParts,
  licences,
  plainImports,
  projectAssets,
  SECURITY_HEADERS,
  smallTemplates,
} from "./vite_plugins.ts";

/** Folders of the packages that are in the page or its workers. */
const packages = new Set<string>();

export default defineConfig({
  base: "./",
  plugins: [
    projectAssets(),
    plainImports(),
    browserOnly(),
    smallTemplates(),
    inlineParts(),
    contentPolicy(),
    collectPackages(packages),
    licences(packages),
  ],
  build: {
    target: "es2022",
    reportCompressedSize: true,
    // Chunks are small and on the same host, so preload lists would cost more bytes than they save
    // time.
    modulePreload: false,
    // Code that the opening shares with later parts goes into one file, and code that only later
    // parts share into another: fewer files compress better.
    rolldownOptions: {
      // The site, and its elements for other pages.
      input: { index: "index.html", element: "element.ts" },
      output: {
        entryFileNames: ({ name }) =>
          name === "element" ? "element.js" : "assets/[name]-[hash].js",
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
  worker: {
    format: "es",
    plugins: () => [browserOnly(), collectPackages(packages)],
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: (id, modules) =>
                isBehindEntry(id, (name) => modules.getModuleInfo(name)) ? "worker" : null,
            },
          ],
        },
      },
    },
  },
  server: { headers: { ...SECURITY_HEADERS.isolation } },
  preview: {
    port: 8080,
    headers: { ...SECURITY_HEADERS.isolation, ...SECURITY_HEADERS.policy },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // Some tests train with the core, and the machine can be busy.
    testTimeout: 30_000,
    // A test that asserts nothing fails.
    expect: { requireAssertions: true },
    // The glue is large and needs no transformation.
    server: { deps: { external: [/engine\/modules\/ganvas/] } },
  },
});
