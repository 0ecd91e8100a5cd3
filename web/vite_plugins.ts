// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the build adds to Vite: the repository's assets (digits, pretrained models) beside the page,
// in development as in dist/, short names in the modules' glue, and the content policy inside
// index.html for hosts without headers.

import { createReadStream } from "node:fs";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { minify, type Plugin } from "vite";

const ASSETS = fileURLToPath(new URL("../assets/", import.meta.url));

/** What goes out, by folder: the files themselves, and where they come from with their licence. */
const SERVED: Readonly<Record<string, RegExp>> = {
  mnist: /\.gz$|^README\.md$|^LICENSE/,
  models: /\.safetensors$|^README\.md$/,
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export const SECURITY_HEADERS = {
  /** Gives the page SharedArrayBuffer, and with it threads. */
  isolation: {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  },
  policy: {
    "Content-Security-Policy": `${POLICY}; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  },
};

/** Serves ../assets/{mnist,models} at assets/ and copies them into the build. */
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
        if (!SERVED[folder]?.test(name)) return next();
        const path = join(ASSETS, folder, name);
        stat(path).then(({ size }) => {
          response.setHeader("Content-Length", size);
          createReadStream(path).pipe(response);
        }, next);
      });
    },
    async writeBundle() {
      for (const [folder, wanted] of Object.entries(SERVED)) {
        const names = (await readdir(join(ASSETS, folder))).filter((name) => wanted.test(name));
        await mkdir(join(outDir, "assets", folder), { recursive: true });
        for (const name of names) {
          await copyFile(join(ASSETS, folder, name), join(outDir, "assets", folder, name));
        }
      }
    },
  };
}

/**
 * Vite wraps every dynamic import in a helper that loads style sheets ahead, of which later parts have
 * none: elements bring their own.
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

/** Emscripten shortens its glue's white space, not its names, which are a third of it, zipped. */
export function shortGlue(): Plugin {
  let folder = "";
  return {
    name: "ganvas:short-glue",
    configResolved(config) {
      folder = join(config.root, config.build.outDir, "wasm");
    },
    async writeBundle() {
      for (const name of (await readdir(folder)).filter((file) => file.endsWith(".js"))) {
        const file = join(folder, name);
        const { code, errors } = await minify(name, await readFile(file, "utf8"), { module: true });
        if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
        await writeFile(file, code);
      }
    },
  };
}

/** Writes the policy into the built page. Not in development, where Vite inlines its styles. */
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

interface ImportedModule {
  readonly isEntry: boolean;
  readonly importers: readonly string[];
}

/** Whether an entry needs the module at once: through imports alone, none of them dynamic. */
export function isOpening(
  id: string,
  find: (id: string) => ImportedModule | null,
  seen = new Set<string>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const module = find(id);
  if (module === null) return false;
  return module.isEntry || module.importers.some((importer) => isOpening(importer, find, seen));
}
