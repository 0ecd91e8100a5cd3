// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The part of gifenc, which brings no types, that the film's export uses.

declare module "gifenc" {
  export interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        /** Of all frames, when given with the first. */
        readonly palette?: readonly (readonly number[])[];
        readonly delay: number;
        readonly repeat?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
}
