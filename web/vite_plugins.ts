// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Vite plugins: the repository's assets (digits, pretrained models) next to the page, in
// development and in dist/; small code; and in index.html its own styles, what it says where it does not
// start, and the content security policy, for hosts without custom headers.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minifyHTMLLiterals } from "minify-literals";
import { minifySync, type Plugin, type Rollup } from "vite";
import { dataFile, writeData } from "./data_files.mjs";
import { licenceText } from "./licences.mjs";
import { ISOLATION, SHARING } from "./service_worker/isolation_headers.ts";

/**
 * They stand in the page itself, so that they cannot be missing; and while a style sheet of its own is on its
 * way, a browser shows nothing.
 */
const STYLES = own("styles/site.css")
  .replace(/\/\*.*?\*\//gs, "")
  .replace(/\s*([\s{};:,])\s*/g, "$1");
const STARTUP = minifySync("startup.js", own("startup.js")).code;

function own(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}

/** For the content policy. */
function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${hashOf(STARTUP)}`,
  `style-src 'self' ${hashOf(STYLES)}`,
  // SVGs that the user chooses are drawn from addresses that hold them.
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export const SECURITY_HEADERS = {
  isolation: ISOLATION,
  policy: {
    ...SHARING,
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  },
};

/** Serves the digits and the models at assets/ and copies them into the build. */
export function projectAssets(): Plugin {
  let outDir = "";
  return {
    name: "ganvas:assets",
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, folder = "", name = ""] =
          /^\/assets\/(\w+)\/([\w.-]+)$/.exec(request.url?.split("?")[0] ?? "") ?? [];
        dataFile(folder, name).then((file) => (file === null ? next() : response.end(file)), next);
      });
    },
    writeBundle: () => writeData(join(outDir, "assets")),
  };
}

/**
 * Removes Vite's helper around dynamic imports, which preloads style sheets: elements bring their
 * own.
 */
export function plainImports(): Plugin {
  return {
    name: "ganvas:plain-imports",
    apply: "build",
    enforce: "pre",
    load: (id) =>
      id === "\0vite/preload-helper.js"
        ? "export const __vitePreload = (load) => load();"
        : undefined,
  };
}

/** A message is found by its text, markup included, so such texts stay as they are. */
const MARKUP_IN_MESSAGE = /\bmsg\(\s*html`/;

/** Removes white space and comments from the templates and styles of elements. */
export function smallTemplates(): Plugin {
  return {
    name: "ganvas:small-templates",
    apply: "build",
    enforce: "pre",
    async transform(code, id) {
      if (!/\/web\/ui\/.*\.ts$/.test(id)) return undefined;
      // An element of SVG that is not closed would contain the next one.
      const html = MARKUP_IN_MESSAGE.test(code) ? (false as const) : { keepClosingSlash: true };
      return minifyHTMLLiterals(code, { fileName: id, html });
    },
  };
}

/** Writes the page's styles, and its first script (startup.js), into the page itself. */
export function inlineParts(): Plugin {
  return {
    name: "ganvas:inline-parts",
    transformIndexHtml: {
      order: "post",
      handler: (page, { bundle, chunk }) => ({
        html: page.replace(/<!--.*?-->\s*/gs, ""),
        tags: [
          { tag: "style", children: STYLES, injectTo: "head" },
          ...(chunk?.imports ?? []).map((name) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `./${name}` },
            injectTo: "head" as const,
          })),
          {
            tag: "script",
            attrs: bundle ? addresses(bundle) : {},
            children: STARTUP,
            injectTo: "body",
          },
        ],
      }),
    },
  };
}

/** What startup.js takes of the script's element. */
function addresses(bundle: Rollup.OutputBundle) {
  const worker = Object.keys(bundle).find((name) => /^assets\/main-[\w-]+\.js$/.test(name));
  if (worker === undefined) throw new Error("The training worker's file is missing.");
  return {
    "data-worker": `./${worker}`,
    "data-weights": "./assets/models/conditional.safetensors.gz",
  };
}

/** Leaves out what only Node needs. */
export function browserOnly(): Plugin {
  return {
    name: "ganvas:browser-only",
    apply: "build",
    enforce: "pre",
    load: (id) => (id.endsWith("/web/engine/node.ts") ? "export const inNode = false;" : undefined),
  };
}

/** Writes the licences of these packages and of the project into the build. */
export function licences(packages: ReadonlySet<string>): Plugin {
  return {
    name: "ganvas:licences",
    apply: "build",
    async generateBundle() {
      const source = await licenceText(packages);
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}

/** Writes the policy into the built page. Not in development, where Vite inlines styles. */
export function contentPolicy(): Plugin {
  return {
    name: "ganvas:content-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}
