// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a user of TensorFlow.js can do to speed up training on its wasm backend without writing
// WebAssembly: three kernels built from operations that the backend runs with XNNPACK.
//
// - BatchMatMul uses XNNPACK only if neither operand is transposed, and a plain loop otherwise, as in
//   both products of a dense layer's gradient. Transposing first is faster.
// - Conv2DBackpropFilter is missing, so convolutions cannot be trained.
// - Conv2DBackpropInput, also used for transposed convolutions, is a plain loop.

import * as tf from "@tensorflow/tfjs-core";

type Inputs = Readonly<Record<string, tf.Tensor4D>>;
type Paddings = [[0, 0], [number, number], [number, number], [0, 0]];
type Pad = "valid" | "same" | number | tf.backend_util.ExplicitPadding;
type FourNumbers = [number, number, number, number];

/** Call once, after the wasm backend has started. */
export function patchKernels(): void {
  const product = tf.getKernel("BatchMatMul", "wasm");
  const scatter = tf.getKernel("Conv2DBackpropInput", "wasm");
  if (!product || !scatter) throw new Error("the wasm backend lacks a kernel");
  replace("BatchMatMul", (given) => {
    const { transposeA, transposeB } = given.attrs as Readonly<Record<string, unknown>>;
    if (!transposeA && !transposeB) return product.kernelFunc(given);
    const { a, b } = given.inputs as { a: tf.Tensor; b: tf.Tensor };
    return tf.matMul(transposeA ? swapped(a) : a, transposeB ? swapped(b) : b);
  });
  replace("Conv2DBackpropFilter", ({ inputs, attrs }) => {
    const { x, dy } = inputs as Inputs;
    const { filterShape, strides, pad } = attrs as unknown as Geometry;
    if (!x || !dy) throw new Error("a filter's gradient needs x and dy");
    return filterGradient(x, dy, filterShape, strides, pad);
  });
  replace("Conv2DBackpropInput", (given) => {
    const { dy, filter } = given.inputs as Inputs;
    const { inputShape, strides, pad } = given.attrs as unknown as Geometry;
    if (!dy || !filter) throw new Error("an input's gradient needs dy and the filter");
    // With one channel, interleaving the pixels takes longer than the loop.
    if (inputShape[3] === 1) return scatter.kernelFunc(given);
    return inputGradient(dy, filter, inputShape, strides, pad);
  });
}

interface Geometry {
  readonly filterShape: FourNumbers;
  readonly inputShape: FourNumbers;
  readonly strides: [number, number] | number;
  readonly pad: Pad;
}

function replace(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: (given) => tf.tidy(() => kernelFunc(given) as tf.Tensor),
  });
}

function swapped(x: tf.Tensor): tf.Tensor {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(...perm.splice(-2).reverse());
  return tf.transpose(x, perm);
}

/** Computed as a convolution of x with dy, with the roles of channels and samples swapped. */
function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: FourNumbers,
  strides: Geometry["strides"],
  pad: Pad,
): tf.Tensor {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  const after = (extent: number, before: number, size: number, stride: number, out: number) =>
    stride * (out - 1) + size - extent - before;
  const bottom = after(inHeight, padInfo.top, filterHeight, strideHeight, outHeight);
  const right = after(inWidth, padInfo.left, filterWidth, strideWidth, outWidth);
  if (bottom < 0 || right < 0) throw new Error("the last pixels are not part of any patch");
  const paddings: Paddings = [
    [0, 0],
    [padInfo.top, bottom],
    [padInfo.left, right],
    [0, 0],
  ];
  const xs = tf.transpose(tf.reshape(x, [batchSize, inHeight * inWidth, inChannels]), [2, 1, 0]);
  const dys = tf.transpose(
    tf.reshape(dy, [batchSize, outHeight * outWidth, outChannels]),
    [1, 0, 2],
  );
  const gradient = tf.conv2d(
    tf.reshape(xs, [inChannels, inHeight, inWidth, batchSize]) as tf.Tensor4D,
    tf.reshape(dys, [outHeight, outWidth, batchSize, outChannels]) as tf.Tensor4D,
    1,
    paddings,
    "NHWC",
    [strideHeight, strideWidth],
  );
  const taps = filterHeight * filterWidth;
  const byTap = tf.transpose(tf.reshape(gradient, [inChannels, taps, outChannels]), [1, 0, 2]);
  return tf.reshape(byTap, filterShape);
}

/**
 * A pixel of dx depends only on taps with the same remainder modulo the stride. So each pair of row
 * and column remainders is a plain convolution of dy with those taps; the results are interleaved.
 */
function inputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: FourNumbers,
  strides: Geometry["strides"],
  pad: Pad,
): tf.Tensor {
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad);
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  if (inHeight % strideHeight !== 0 || inWidth % strideWidth !== 0) {
    throw new Error("the input size is not a multiple of the stride");
  }
  const height = inHeight / strideHeight;
  const width = inWidth / strideWidth;
  const taps = filterHeight * filterWidth;
  const swappedTaps = swapped(tf.reshape(filter, [taps, inChannels, outChannels]));
  const tapsOf = tf.split(swappedTaps, taps);
  const rows = phases(filterHeight, strideHeight, padInfo.top, height, info.outHeight);
  const columns = phases(filterWidth, strideWidth, padInfo.left, width, info.outWidth);
  const lines = rows.map((row) => {
    const pixels = columns.map((column) => {
      const seen = row.taps.flatMap((r) => column.taps.map((c) => tapsOf[r * filterWidth + c]));
      const shape: FourNumbers = [row.taps.length, column.taps.length, outChannels, inChannels];
      const weights = tf.reshape(tf.concat(seen as tf.Tensor[]), shape) as tf.Tensor4D;
      const paddings: Paddings = [[0, 0], row.padding, column.padding, [0, 0]];
      return tf.conv2d(dy, weights, 1, paddings);
    });
    const line = tf.concat(pixels, 3);
    return tf.reshape(line, [batchSize, height, 1, inWidth * inChannels]);
  });
  return tf.reshape(tf.concat(lines, 2), inputShape);
}

interface Phase {
  /** Taps along one axis, in the order in which the convolution applies them. */
  readonly taps: number[];
  readonly padding: [number, number];
}

/** With pixel = stride u + phase and tap = first + stride t, the index of dy is u + shift - t. */
function phases(size: number, stride: number, pad: number, length: number, out: number): Phase[] {
  return Array.from({ length: stride }, (_, phase) => {
    const first = (phase + pad) % stride;
    const shift = (phase + pad - first) / stride;
    const count = Math.ceil((size - first) / stride);
    const taps = Array.from({ length: count }, (__, t) => first + stride * (count - 1 - t));
    const padding: [number, number] = [count - 1 - shift, length + shift - out];
    if (count < 1 || padding[0] < 0 || padding[1] < 0) throw new Error("a phase has no taps");
    return { taps, padding };
  });
}

/** Compares with the library's cpu backend on small shapes; throws on a difference. */
export async function checkKernels(): Promise<void> {
  const random = (shape: number[], seed: number): tf.Tensor4D =>
    tf.randomUniform(shape as FourNumbers, -1, 1, "float32", seed);
  await check("a^T b", () => tf.matMul(random([7, 5], 1), random([7, 9], 2), true, false));
  await check("a b^T", () => tf.matMul(random([7, 5], 1), random([9, 5], 2), false, true));
  for (const [side, size, pad] of [
    [8, 4, 1],
    [8, 5, 2],
  ] as const) {
    const images = (): tf.Tensor4D => random([3, side, side, 2], 3);
    const filters = (): tf.Tensor4D => random([size, size, 2, 6], 4);
    const loss = (x: tf.Tensor, filter: tf.Tensor): tf.Scalar =>
      tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, pad)));
    await check(`gradient of a ${size} x ${size} filter`, () => {
      const x = images();
      return tf.grad((filter) => loss(x, filter))(filters());
    });
    await check(`gradient of the input of a ${size} x ${size} filter`, () => {
      const filter = filters();
      return tf.grad((x) => loss(x, filter))(images());
    });
  }
}

async function check(name: string, compute: () => tf.Tensor): Promise<void> {
  await tf.setBackend("cpu");
  const expected = Float32Array.from(await tf.tidy(compute).data());
  await tf.setBackend("wasm");
  const computed = await tf.tidy(compute).data();
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [at, value] of expected.entries()) {
    if (Math.abs(value - (computed[at] ?? Number.NaN)) <= 1e-5 * scale) continue;
    throw new Error(
      `the patched ${name} is ${computed[at]} at ${at}, but ${value} on the cpu backend`,
    );
  }
}
