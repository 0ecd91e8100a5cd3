// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page's thread and the judge's worker say to each other; calls.ts has how.

import type { JudgeOptions, Nearest, Opinions, Quality } from "../engine/judge";
import type { MnistProgress, MnistSource } from "../engine/mnist";
import type { LoadProgress, Tier } from "../engine/types";
import type { Call } from "./calls";

type Bytes = Uint8Array<ArrayBuffer>;
type Images = { readonly images: Float32Array<ArrayBuffer> };

/** What digits are for: to compare samples with, or to look for the nearest among them. */
export type DigitsUse = "real" | "training";

export interface JudgeCalls {
  readonly load: Call<JudgeOptions, Tier, LoadProgress>;
  readonly setDigits: Call<{ readonly use: DigitsUse; readonly digits: Bytes }, null>;
  /** Streams them into the worker; how many. */
  readonly loadDigits: Call<MnistSource & { readonly use: DigitsUse }, number, MnistProgress>;
  readonly add: Call<
    { readonly samples: Float32Array<ArrayBuffer>; readonly asked: Bytes | null },
    number
  >;
  readonly reset: Call<null, null>;
  readonly quality: Call<null, Quality>;
  readonly opinions: Call<Images, Opinions>;
  readonly nearest: Call<Images, Nearest>;
}
