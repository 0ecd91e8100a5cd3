// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trained networks, each in its own session, with the facts that the tools need.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { classNames, isOfDigits } from "../../config/classes";
import { GanvasError } from "../../engine/errors";
import { LAYERS } from "../../engine/generated/description/layers";
import { isPicture, sizeOf } from "../../engine/sample_shape";
import type { Config, LayerConfig } from "../../engine/types";
import type { Pretrained } from "./pretrained";

/** A pretrained model, the user's run, or a model from a file. */
export type ModelName = Pretrained | "run" | "file";

export interface Model {
  readonly name: ModelName | "discriminator";
  readonly session: ClientSession;
  readonly config: Config;
  /** Values of one sample. */
  readonly size: number;
  /** The names of its classes. */
  readonly classes: readonly string[];
  readonly ofDigits: boolean;
  /** Whether G takes the class. */
  readonly conditional: boolean;
  /** Whether it has a discriminator. */
  readonly judges: boolean;
}

/** Checkpoints of the presets have a few megabytes. */
export const MAX_FILE_BYTES = 128 * 2 ** 20;

export async function loadModel(
  client: GanvasClient,
  name: Model["name"],
  weights: Uint8Array<ArrayBuffer>,
): Promise<Model> {
  const session = await client.openModel(weights);
  try {
    return await describe(name, session);
  } catch (thrown) {
    await session.dispose();
    throw thrown;
  }
}

export async function describe(name: Model["name"], session: ClientSession): Promise<Model> {
  const config = await session.config();
  if (!isPicture(config.sample_shape)) {
    const shape = config.sample_shape.join(" x ");
    throw new GanvasError("no_image", `Its samples are ${shape} numbers, not square pictures.`);
  }
  return {
    name,
    session,
    config,
    size: sizeOf(config.sample_shape),
    classes: classNames(config),
    ofDigits: isOfDigits(config),
    conditional: takesClasses(config.generator.layers),
    judges: await hasDiscriminator(session, config),
  };
}

/** Whether any of these layers takes the class. */
export function takesClasses(layers: readonly LayerConfig[]): boolean {
  return layers.some(({ type }) => LAYERS[type].takes_classes);
}

async function hasDiscriminator(session: ClientSession, config: Config): Promise<boolean> {
  const labelled = takesClasses(config.discriminator.layers);
  const samples = new Float32Array(sizeOf(config.sample_shape));
  try {
    await session.score({ samples, ...(labelled && { labels: Uint8Array.of(0) }) });
    return true;
  } catch (thrown) {
    if ((thrown as GanvasError).code === "not_trainable") return false;
    throw thrown;
  }
}
