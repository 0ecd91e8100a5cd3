// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Types for the part of gifenc that the export uses; the package has none.

declare module "gifenc/dist/gifenc.esm.js" {
  export interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        /** Palette of all frames, given with the first. */
        readonly palette?: readonly (readonly number[])[];
        readonly delay: number;
        readonly repeat?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  /** @param rgba a picture, whose colours are reduced to a palette */
  export function quantize(
    rgba: Uint8Array,
    most: number,
    options: { readonly format: "rgb444" },
  ): number[][];
  /** The index of the nearest colour for each pixel. */
  export function applyPalette(
    rgba: Uint8Array,
    palette: readonly (readonly number[])[],
  ): Uint8Array<ArrayBuffer>;
}
