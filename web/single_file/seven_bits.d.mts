// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Types of seven_bits.mjs, which the build in Node and the page share.

export function toText(bytes: Uint8Array): string;
export function toBytes(text: string): Uint8Array<ArrayBuffer>;
