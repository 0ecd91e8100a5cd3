// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs a network's batches in ONNX Runtime, in Node or in a page.

/** @returns the largest difference of any output from what is expected; Infinity if names or shapes differ */
export async function largestDifference(ort, file, batches, options) {
  const session = await ort.InferenceSession.create(file, options);
  let largest = 0;
  for (const { feeds, expected } of batches) {
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]),
    );
    const outputs = await session.run(tensors);
    if (Object.keys(outputs).sort().join() !== Object.keys(expected).sort().join()) return Infinity;
    for (const [name, { dims, data }] of Object.entries(expected)) {
      if (outputs[name].type !== "float32" || outputs[name].dims.join() !== dims.join()) return Infinity;
      for (const [i, value] of data.entries()) {
        const difference = Math.abs(outputs[name].data[i] - value);
        largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
      }
    }
  }
  await session.release();
  return largest;
}
