// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a checkpoint says of its run, without its weights. Only the core checks the whole file.

import { GanvasError } from "../../../engine/errors";
import type { Config } from "../../../engine/types";

const LENGTH_BYTES = 8;
/** As the core's reader. */
const MOST_HEADER_BYTES = 1 << 20;

export interface CheckpointHeader {
  readonly step: number;
  readonly config: Config;
}

/** @throws GanvasError bad_magic if it is not a Ganvas model, truncated */
export function readHeader(file: Uint8Array): CheckpointHeader {
  const notOurs = new GanvasError("bad_magic", "The file is not a Ganvas model.");
  if (file.length < LENGTH_BYTES) throw notOurs;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getUint32(0, true);
  if (view.getUint32(4, true) !== 0 || length > MOST_HEADER_BYTES) throw notOurs;
  if (length > file.length - LENGTH_BYTES) {
    throw new GanvasError("truncated", "The file ends within its header.");
  }
  const text = new TextDecoder().decode(file.slice(LENGTH_BYTES, LENGTH_BYTES + length));
  const metadata = member(parse(text), "__metadata__");
  const step = Number(member(metadata, "ganvas.step") ?? Number.NaN);
  const config = parse(String(member(metadata, "ganvas.config")));
  if (!Number.isSafeInteger(step) || step < 0 || member(config, "preset") === undefined) {
    throw notOurs;
  }
  return { step, config: config as Config };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined;
}
