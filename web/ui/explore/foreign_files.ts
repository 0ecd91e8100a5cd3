// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files of other programs that are not read here, each told with the Python that makes a safetensors
// file of it.

import { GanvasError } from "../../engine/errors";

const PICKLE =
  "import torch; from safetensors.torch import save_file; " +
  "save_file(torch.load('FILE', 'cpu', weights_only=True), 'model.safetensors')";
const ONNX =
  "import onnx, onnx.numpy_helper as h; from safetensors.numpy import save_file; " +
  "save_file({t.name: h.to_array(t) for t in onnx.load('FILE').graph.initializer}, 'model.safetensors')";

/** @throws GanvasError pickle, onnx: the message is the Python for this file */
export function refuseForeign(name: string, bytes: Uint8Array): void {
  const quoted = name.replaceAll(/['\\]/g, "\\$&");
  if (isPickle(bytes))
    throw new GanvasError(
      "pickle",
      PICKLE.replace("FILE", () => quoted),
    );
  if (/\.onnx$/i.test(name))
    throw new GanvasError(
      "onnx",
      ONNX.replace("FILE", () => quoted),
    );
}

/** torch.save() writes a ZIP file, and wrote a bare pickle before 2020, which begins with a number of ten bytes. */
function isPickle(bytes: Uint8Array): boolean {
  const magic = [...bytes.subarray(0, 4)].join();
  return magic === "80,75,3,4" || magic === "128,2,138,10";
}
