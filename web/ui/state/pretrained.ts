// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The trained networks that come with the page.

export const PRETRAINED = ["conditional", "dcgan", "seed"] as const;
export type Pretrained = (typeof PRETRAINED)[number];

/** Path of a network's file, in the folder of all assets. */
export function modelPath(name: Pretrained | "discriminator"): string {
  return `models/${name}.safetensors`;
}
