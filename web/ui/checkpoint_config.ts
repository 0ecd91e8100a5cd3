// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Another config for the run that a checkpoint holds: the same weights, moments and step, and other
// rates from here on. The header of a safetensors file is its length (8 bytes, little-endian) and
// JSON whose offsets count from its end, so that the tensors stay as they are.

import type { Config } from "../api/types";

const CONFIG_KEY = "ganvas.config";
const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

type Bytes = Uint8Array<ArrayBuffer>;

interface Header {
  readonly __metadata__: Readonly<Record<string, string>>;
}

export function withConfig(checkpoint: Bytes, config: Config): Bytes {
  const length = Number(
    new DataView(checkpoint.buffer, checkpoint.byteOffset).getBigUint64(0, true),
  );
  const tensors = checkpoint.subarray(LENGTH_BYTES + length);
  const text = new TextDecoder().decode(checkpoint.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  const header = JSON.parse(text) as Header;
  const metadata = { ...header.__metadata__, [CONFIG_KEY]: JSON.stringify(config) };
  const json = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: metadata }));
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const changed = new Uint8Array(LENGTH_BYTES + padded + tensors.length).fill(0x20);
  new DataView(changed.buffer).setBigUint64(0, BigInt(padded), true);
  changed.set(json, LENGTH_BYTES);
  changed.set(tensors, LENGTH_BYTES + padded);
  return changed;
}
