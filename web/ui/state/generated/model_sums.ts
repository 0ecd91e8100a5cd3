// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SHA-256 of the pretrained models. Written by web/write_data_sums.mjs.

export const MODEL_SUMS = {
  "conditional": "8392f266bf9d39d6b753e49558aaa93462021d7e54fa07c781d3016e146b0573",
  "dcgan": "93485ac3665095f541e640bec969394df5e015f9f40dc25caf0af071ff2683c3",
  "discriminator": "a82d28f161d715fa717abd0a5ff5eb5ba896d0412fa5890dde185fe42e9d5ced",
  "seed": "a75aed019b91f82adca270f6e98a1776277543a0dbb233d0b365c2734b979574"
} as const;
