// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One engine for all elements of a document that only draw samples, for as long as one of them draws.

import { connectGanvas, type GanvasClient } from "../../client/training_client";

interface Pooled {
  readonly client: Promise<GanvasClient>;
  users: number;
}

const pool = new Map<string, Pooled>();

/** @param baseUrl where the engine's files are; null: the default place */
export async function withEngine<T>(
  baseUrl: string | null,
  use: (client: GanvasClient) => Promise<T>,
): Promise<T> {
  const key = baseUrl ?? "";
  // Drawing takes milliseconds, so threads would only cost memory.
  const options = { threads: 1, ...(baseUrl !== null && { baseUrl }) };
  const pooled = pool.get(key) ?? { client: connectGanvas(options), users: 0 };
  pool.set(key, pooled);
  pooled.users += 1;
  try {
    return await use(await pooled.client);
  } finally {
    pooled.users -= 1;
    if (pooled.users === 0) {
      pool.delete(key);
      pooled.client.then(
        (client) => client.terminate(),
        () => {}, // told to every user
      );
    }
  }
}
