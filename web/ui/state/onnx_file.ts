// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A network of a model as an ONNX file. What writes it is downloaded when a file is first asked for.

import type { OnnxOptions } from "../../engine/exchange";
import { importPart } from "../../engine/parts";
import type { AppController } from "./app_controller";

export type OnnxNetwork = NonNullable<OnnxOptions["network"]>;

/** @throws GanvasError as `importPart`, `loadExchange` and `Exchange.onnx` */
export async function onnxFile(
  { engine: { baseUrl } }: AppController,
  model: Uint8Array,
  network: OnnxNetwork,
): Promise<Blob> {
  const exchange = await importPart(async () => {
    const { loadExchange } = await import("../../engine/exchange");
    return loadExchange({ ...(baseUrl !== undefined && { baseUrl }) });
  });
  return new Blob([exchange.onnx(model, { network })]);
}
