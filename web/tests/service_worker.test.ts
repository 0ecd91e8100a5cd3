// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which requests the service worker answers, and which go to the host as if there were none; and its answers, where
// another module has the caches.

/// <reference path="../service_worker/files.d.ts" />

import { createHash } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

vi.hoisted(() => {
  vi.stubGlobal("CODE", [{ url: "index.html" }, { url: "element.js" }]);
  vi.stubGlobal("DATA", [{ url: "models/seed.safetensors" }]);
  vi.stubGlobal("LARGE", [{ url: "mnist/train.gz" }]);
});

import { ISOLATION, SHARING } from "../service_worker/isolation_headers";
import { fileOf } from "../service_worker/requests";

const SCOPE = "https://host.test/some/where/";

function asks(path: string, init: { method?: string; range?: string; mode?: string } = {}) {
  const { method = "GET", range, mode = "cors" } = init;
  const headers = new Headers(range === undefined ? {} : { range });
  const url = new URL(path, SCOPE).href;
  return fileOf({ method, headers, mode, url } as unknown as Request, SCOPE);
}

it.each(["", "?view=learn&station=2", "index.html", "index.html?seed=7"])(
  "the page at %j is answered, whatever its query",
  (path) => {
    expect(asks(path, { mode: "navigate" })).toBe(`${SCOPE}index.html`);
  },
);

it.each(["element.js", "models/seed.safetensors", "mnist/train.gz", "assets/worker-Ab_3-xyz.js"])(
  "the build's file %j is answered",
  (path) => {
    expect(asks(path)).toBe(SCOPE + path);
  },
);

it.each([
  ["another page", "other.html", { mode: "navigate" }],
  ["a file as a page", "element.js", { mode: "navigate" }],
  ["a file of nobody", "notes.txt", {}],
  ["a file without a hash in its name", "assets/worker.js", {}],
  ["a file in a folder of the assets", "assets/more/worker-Ab_3-xyz.js", {}],
  ["a file with a query", "element.js?fresh", {}],
  ["a part of a file", "mnist/train.gz", { range: "bytes=0-99" }],
  ["what is sent", "index.html", { method: "POST", mode: "navigate" }],
  ["another folder", "/some/element.js", {}],
  ["a folder whose name is as long", "/over/there/element.js", {}],
])("%s goes to the host", (_, path, init) => {
  expect(asks(path, init)).toBeNull();
});

const caches = vi.hoisted(() => ({
  place: null as { cacheName: string; key: string; integrity: string } | null,
  find: async (): Promise<Response | undefined> => undefined,
}));

vi.mock("../service_worker/kept_files", () => ({
  placeOf: () => caches.place,
  findKept: () => caches.find(),
}));

describe("an answer", () => {
  let answer: (request: Request, url: string) => Promise<Response>;
  const fromHost = vi.fn(async () => new Response("host's", { headers: { etag: "2" } }));
  const put = vi.fn(async (_key: string, _response: Response) => {});

  beforeAll(async () => {
    // By name, since this file is compiled without a service worker's types.
    ({ answer } = await vi.importActual<{ answer: typeof answer }>("../service_worker/answer"));
    vi.stubGlobal("fetch", fromHost);
    vi.stubGlobal("caches", { open: async () => ({ put }) });
  });

  afterEach(() => {
    vi.clearAllMocks();
    caches.place = null;
    caches.find = async () => undefined;
  });

  function ask(init: { cache?: string; mode?: string } = {}): Promise<Response> {
    return answer({ cache: "default", mode: "cors", ...init } as Request, `${SCOPE}element.js`);
  }

  it("is what is kept, unless a page asks for the file anew; the page itself is as it is kept", async () => {
    caches.find = async () => new Response("kept");
    expect(await (await ask()).text()).toBe("kept");
    expect(await (await ask({ cache: "reload", mode: "navigate" })).text()).toBe("kept");
    expect(fromHost).not.toHaveBeenCalled();
    expect(await (await ask({ cache: "reload" })).text()).toBe("host's");
  });

  it("is the host's where the caches cannot be read", async () => {
    caches.find = () => Promise.reject(new Error("no disk"));
    expect(await (await ask()).text()).toBe("host's");
  });

  it("isolates the page, unless the host has headers of its own for that", async () => {
    const header = "cross-origin-embedder-policy";
    expect((await ask()).headers.get(header)).toBe("require-corp");
    fromHost.mockResolvedValueOnce(new Response("", { headers: { [header]: "credentialless" } }));
    expect((await ask()).headers.get(header)).toBe("credentialless");
  });

  it("is what is kept itself where that has the headers already", async () => {
    const kept = new Response("kept", { headers: { ...ISOLATION, ...SHARING } });
    caches.find = async () => kept;
    expect(await ask()).toBe(kept);
  });

  it("is kept once it has been read to its end, if it is one of the files that it can be", async () => {
    const digest = createHash("sha256").update("host's").digest("base64");
    caches.place = { cacheName: "large", key: "file", integrity: `sha256-A= sha256-${digest}` };
    const response = await ask();
    expect(put).not.toHaveBeenCalled();
    expect(await response.text()).toBe("host's");
    expect(put).toHaveBeenCalledExactlyOnceWith("file", expect.any(Response));
    expect(Object.fromEntries(put.mock.calls[0]?.[1].headers ?? [])).toMatchObject({
      "cross-origin-embedder-policy": "require-corp",
      etag: "2",
    });
    fromHost.mockResolvedValueOnce(new Response("damaged"));
    expect(await (await ask()).text()).toBe("damaged");
    expect(put).toHaveBeenCalledOnce();
  });
});
