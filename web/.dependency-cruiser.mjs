// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which folder may import which. dependency-cruiser fails on any other import, of types too, and on every cycle.

/** Each folder, lowest first, and the folders that it may import besides itself. */
const ARROWS = {
  service_worker: [],
  engine: [],
  calls: ["engine"],
  worker: ["engine", "calls"],
  client: ["engine", "calls", "worker"],
  config: ["engine"],
  pytorch_script: ["engine", "config"],
  lessons: ["engine"],
  locales: [],
  "ui/platform": ["engine", "locales"],
  "ui/words": ["engine", "config", "ui/platform"],
  "ui/pixels": ["engine", "ui/platform"],
  "ui/plane": ["engine", "client", "config", "ui/platform", "ui/pixels"],
  "ui/state": ["engine", "client", "config", "ui/platform", "ui/plane"],
  "ui/elements": ["engine", "client", "ui/platform", "ui/words", "ui/pixels", "ui/state"],
  "ui/charts": ["ui/platform", "ui/state"],
};

/** What every view and dialog may import. No view imports another. */
const SHARED = Object.keys(ARROWS).filter(
  (folder) => !["calls", "worker", "locales"].includes(folder),
);
const VIEWS = [
  "samples",
  "train",
  "explore",
  "learn",
  "settings",
  "script",
  "benchmark",
  "offline",
  "runs",
  "pictures",
];
for (const view of VIEWS) ARROWS[`ui/${view}`] = SHARED;
ARROWS["ui/offline"] = [...SHARED, "service_worker"];
ARROWS["ui/app"] = [...SHARED, ...VIEWS.map((view) => `ui/${view}`)];
// Its instead/ has modules of any folder.
ARROWS["single_file"] = Object.keys(ARROWS);

const inside = (folders) => `^(${folders.join("|")})/`;

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, path: "^\\." },
    },
    {
      name: "known-folder",
      severity: "error",
      from: { pathNot: [inside(Object.keys(ARROWS)), "^[^/]+$", "^(\\.\\./)?tests/", "^package/"] },
      to: {},
    },
    ...Object.entries(ARROWS).map(([folder, allowed]) => ({
      name: `arrows-of-${folder.replace("/", "-")}`,
      severity: "error",
      from: { path: inside([folder]) },
      to: { pathNot: [inside([folder, ...allowed]), "node_modules"] },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: {
      path: "^(dist|dist-package|public|engine/modules)/|^single_file/(build|page_html)\\.mjs$",
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".d.ts", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types"],
    },
  },
};
