// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Answers a request from the caches, else from the network.

import { isolated } from "./isolated";
import { findKept, type Place, placeOf } from "./kept_files";

/** A page asks with `cache: "reload"` after a file arrived damaged; what is kept is then replaced, if it is whole. */
export async function answer(request: Request, url: string): Promise<Response> {
  const place = placeOf(url);
  const asksAnew = request.cache === "reload" && request.mode !== "navigate";
  // A browser that cannot read its own disk has the network.
  const kept = asksAnew ? undefined : await findKept(url, place).catch(() => undefined);
  if (kept !== undefined) return isolated(kept);
  const response = await fetch(request);
  if (place === null || !response.ok) return isolated(response);
  return keepWhole(isolated(response), place);
}

/**
 * The same response, which is kept once it has been read to its end. A page that has enough of it stops
 * the download, and nothing is kept.
 */
function keepWhole(response: Response, place: Place): Response {
  const { status, headers, body } = response;
  if (body === null) return response;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const collector = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      chunks.push(chunk);
      controller.enqueue(chunk);
    },
    // What cannot be kept has still been answered.
    flush: () => keep(new Blob(chunks), headers, place).catch(() => {}),
  });
  return new Response(body.pipeThrough(collector), { status, headers });
}

async function keep(content: Blob, headers: Headers, place: Place): Promise<void> {
  const { cacheName, key, integrity } = place;
  const digest = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  const itsIntegrity = `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
  if (!integrity.split(" ").includes(itsIntegrity)) return;
  await (await caches.open(cacheName)).put(key, new Response(content, { headers }));
}
