// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Responses with the headers for threads, which many hosts do not send.

import { ISOLATION, SHARING } from "./isolation_headers";

/** The same response, with the headers that it lacks; failures and what has them all stay as they are. */
export function isolated(response: Response): Response {
  const missing = Object.entries({ ...ISOLATION, ...SHARING }).filter(
    ([name]) => !response.headers.has(name),
  );
  if (!response.ok || missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
}
