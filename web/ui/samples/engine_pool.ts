// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One engine for all elements of a document that only draw samples, for as long as one of them draws.

import { GanvasClient } from "../../client/training_client";
import { aborted } from "../../engine/errors";
import { unopened } from "../state/unopened";

interface Pooled {
  readonly client: GanvasClient;
  readonly loaded: Promise<unknown>;
  users: number;
}

const pool = new Map<string, Pooled>();

function open(baseUrl: string | null): Pooled {
  // Drawing takes milliseconds, so threads would only cost memory.
  const client = new GanvasClient({ threads: 1, ...(baseUrl !== null && { baseUrl }) });
  const loaded = client.restart().catch((thrown: unknown) => {
    throw unopened(thrown);
  });
  return { client, loaded, users: 0 };
}

/**
 * @param baseUrl where the engine's files are; null: the default place
 * @param signal gives the engine up, also while it is loading
 */
export async function withEngine<T>(
  baseUrl: string | null,
  signal: AbortSignal,
  use: (client: GanvasClient) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw aborted();
  const key = baseUrl ?? "";
  const pooled = pool.get(key) ?? open(baseUrl);
  pool.set(key, pooled);
  pooled.users += 1;
  const leave = (): void => {
    signal.removeEventListener("abort", leave);
    pooled.users -= 1;
    if (pooled.users > 0) return;
    pool.delete(key);
    pooled.client.terminate();
  };
  signal.addEventListener("abort", leave);
  try {
    await pooled.loaded;
    return await use(pooled.client);
  } finally {
    if (!signal.aborted) leave();
  }
}
