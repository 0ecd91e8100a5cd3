// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Ganvas as in a page: the package's client, which trains in a worker.

import { type Config, PRESETS, type Preset } from "../../../../web/engine/types";
import { connectGanvas, loadGanvas, type WorkerLike } from "../../../../web/index";
import type { Stepper } from "./stepper";

export interface GanvasOptions {
  readonly preset: Preset;
  readonly threads: number;
  readonly createWorker?: () => WorkerLike;
}

export const DIGITS = {
  examples: 10_000,
  imagesUrl: new URL("mnist/train-images-idx3-ubyte.gz", document.baseURI).href,
  labelsUrl: new URL("mnist/train-labels-idx1-ubyte.gz", document.baseURI).href,
};

export async function createGanvas({ preset, ...options }: GanvasOptions): Promise<Stepper> {
  const client = await connectGanvas({ tier: "relaxed", ...options });
  const session = await client.createSession({ preset, seed: 1 });
  await session.useDataSet(await client.loadMnist(DIGITS));
  return { run: async (steps) => (await session.train(steps)).lossD };
}

/** The full config of every preset, from which the peers build their networks. */
export async function presetConfigs(): Promise<Record<string, Config>> {
  const ganvas = await loadGanvas({ threads: 1 });
  return Object.fromEntries(
    PRESETS.map((preset) => {
      const session = ganvas.createSession({ preset, seed: 1 });
      const config = session.config();
      session.dispose();
      return [preset, config];
    }),
  );
}
