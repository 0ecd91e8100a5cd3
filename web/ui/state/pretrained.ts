// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The trained networks that come with the page.

import type { PRETRAINED } from "../../config/supply";
import { type ReadOptions, readResource } from "../../engine/resource";
import { MODEL_SUMS } from "./generated/model_sums";

export type Pretrained = (typeof PRETRAINED)[number];

/**
 * Downloads the weights of a network.
 * @param assetUrl gives the address of a file in the folder of all assets
 * @throws GanvasError as readResource
 */
export function readPretrained(
  name: Pretrained | "discriminator",
  assetUrl: (path: string) => string,
  options: Omit<ReadOptions, "sha256">,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = assetUrl(`models/${name}.safetensors.gz`);
  return readResource(url, { sha256: MODEL_SUMS[name], ...options });
}
