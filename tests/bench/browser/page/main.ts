// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page that measures one contender, through `globalThis.bench`, which bench.mjs calls. Each
// library is loaded only in the pages that measure it.

import type { Config, Preset } from "../../../../web/engine/types";
import type { Contender } from "../catalogue.mjs";
import { createGanvas, presetConfigs } from "./ganvas";
import { type ColdStart, coldStart, heapBytes } from "./ganvas_figures";
import { firstStep, type Rate, type Stepper, steadyRate, timed } from "./stepper";

let stepper: Stepper | null = null;

function prepared(): Stepper {
  if (stepper === null) throw new Error("no contender is prepared");
  return stepper;
}

async function create(contender: Contender, config: Config): Promise<Stepper> {
  switch (contender.library) {
    case "ganvas":
      return createGanvas({ preset: config.preset as Preset, threads: contender.threads });
    case "tensorflow":
      return (await import("./tensorflow")).createTensorFlow(contender, config);
    case "jax":
      // The library reads this on import and starts that many workers.
      Object.defineProperty(navigator, "hardwareConcurrency", { value: contender.workers });
      return (await import("./jax")).createJax(contender, config);
  }
}

export class Bench {
  readonly configs = presetConfigs;
  readonly heapBytes: typeof heapBytes = heapBytes;

  async prepare(contender: Contender, config: Config): Promise<void> {
    stepper = await create(contender, config);
  }

  firstStep(): Promise<number> {
    return firstStep(prepared());
  }

  steadyRate(seconds: number): Promise<Rate> {
    return steadyRate(prepared(), seconds);
  }

  /** For contenders whose steps are so long that a warm-up makes no difference. */
  oneStep(): Promise<Rate> {
    return timed(prepared(), 1, 0);
  }

  coldStart(preset: Preset): Promise<ColdStart> {
    return coldStart(preset);
  }

  async checkPatchedKernels(): Promise<void> {
    await (await import("./tensorflow")).checkPatchedKernels();
  }
}

declare global {
  var bench: Bench;
}

globalThis.bench = new Bench();
