// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The most that a user of TensorFlow.js can do for training on its wasm backend without writing
// WebAssembly: two kernels, made of the backend's own fast ones.
//
// - BatchMatMul goes through XNNPACK only when neither operand is transposed, and through a plain
//   loop otherwise, which is both of the products of a dense layer's gradient. Transposing first and
//   multiplying then is faster.
// - Conv2DBackpropFilter is missing, so that no convolution can be trained.

import * as tf from "@tensorflow/tfjs-core";

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Kernel = (inputs: Inputs | tf.TensorInfo[], attrs?: Attributes) => tf.TensorInfo;
type Attributes = Readonly<Record<string, unknown>>;

/** A kernel of the wasm backend as it is registered now. */
function kernel(name: string): Kernel {
  const found = tf.getKernel(name, "wasm");
  if (!found) throw new Error(`the wasm backend has no kernel ${name}`);
  return (inputs, attrs = {}) =>
    found.kernelFunc({
      inputs: inputs as tf.NamedTensorInfoMap,
      attrs: attrs as tf.NamedAttrMap,
      backend: tf.backend(),
    }) as tf.TensorInfo;
}

function drop(...tensors: tf.TensorInfo[]): void {
  for (const { dataId } of tensors) tf.backend().disposeData(dataId);
}

function register(kernelName: string, run: (inputs: Inputs, attrs: Attributes) => tf.TensorInfo) {
  if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => run(inputs as Inputs, (attrs ?? {}) as Attributes),
  });
}

/** Once, after the wasm backend started. */
export function patchKernels(): void {
  const product = kernel("BatchMatMul");
  const transpose = kernel("Transpose");
  const swapped = (x: tf.TensorInfo): tf.TensorInfo => {
    const perm = x.shape.map((_, axis) => axis);
    perm.push(...perm.splice(-2).reverse());
    return transpose({ x }, { perm });
  };

  register("BatchMatMul", ({ a, b }, { transposeA, transposeB }) => {
    if (!a || !b) throw new Error("a product has two operands");
    const left = transposeA ? swapped(a) : a;
    const right = transposeB ? swapped(b) : b;
    const out = product({ a: left, b: right }, { transposeA: false, transposeB: false });
    if (transposeA) drop(left);
    if (transposeB) drop(right);
    return out;
  });
  patchFilterGradient(product, swapped);
}

/** dw (kh, kw, in, out) = for each tap, (in, samples and pixels) of x times (…, out) of dy. */
function patchFilterGradient(
  product: Kernel,
  swapped: (x: tf.TensorInfo) => tf.TensorInfo,
): void {
  const padded = kernel("PadV2");
  const slice = kernel("StridedSlice");
  const reshape = kernel("Reshape");
  const concat = kernel("Concat");

  register("Conv2DBackpropFilter", ({ x, dy }, attrs) => {
    if (!x || !dy) throw new Error("a filter's gradient needs x and dy");
    const filterShape = attrs["filterShape"] as [number, number, number, number];
    const { strides, pad, dimRoundingMode } = attrs as {
      strides: [number, number] | number;
      pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
      dimRoundingMode?: "floor" | "round" | "ceil";
    };
    const inShape = x.shape as [number, number, number, number];
    const info = tf.backend_util.computeConv2DInfo(
      inShape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const { batchSize, outHeight, outWidth, outChannels, inChannels, padInfo } = info;
    const pixels = batchSize * outHeight * outWidth;
    const around = padded(
      { x },
      {
        paddings: [
          [0, 0],
          [padInfo.top, padInfo.bottom],
          [padInfo.left, padInfo.right],
          [0, 0],
        ],
        constantValue: 0,
      },
    );
    const dyRows = reshape({ x: dy }, { shape: [1, pixels, outChannels] });
    const taps: tf.TensorInfo[] = [];
    for (let row = 0; row < info.filterHeight; row += 1) {
      for (let column = 0; column < info.filterWidth; column += 1) {
        const seen = slice(
          { x: around },
          {
            begin: [0, row, column, 0],
            end: [
              batchSize,
              row + (outHeight - 1) * info.strideHeight + 1,
              column + (outWidth - 1) * info.strideWidth + 1,
              inChannels,
            ],
            strides: [1, info.strideHeight, info.strideWidth, 1],
            beginMask: 0,
            endMask: 0,
            ellipsisMask: 0,
            newAxisMask: 0,
            shrinkAxisMask: 0,
          },
        );
        const columns = swapped({ ...seen, shape: [1, pixels, inChannels] });
        taps.push(product({ a: columns, b: dyRows }, { transposeA: false, transposeB: false }));
        drop(seen, columns);
      }
    }
    const joined = concat(taps, { axis: 1 });
    drop(around, dyRows, ...taps);
    return { ...joined, shape: filterShape };
  });
}

/** Against the library's cpu backend, on small shapes; throws where they differ. */
export async function checkKernels(): Promise<void> {
  await check("a^T b", () => {
    const a = tf.randomUniform<tf.Rank.R2>([7, 5], -1, 1, "float32", 1);
    return tf.matMul(a, tf.randomUniform<tf.Rank.R2>([7, 9], -1, 1, "float32", 2), true, false);
  });
  await check("a b^T", () => {
    const a = tf.randomUniform<tf.Rank.R2>([7, 5], -1, 1, "float32", 1);
    return tf.matMul(a, tf.randomUniform<tf.Rank.R2>([9, 5], -1, 1, "float32", 2), false, true);
  });
  for (const [side, size, pad] of [
    [8, 4, 1],
    [9, 5, 2],
  ] as const) {
    await check(`the gradient of a ${size} x ${size} filter`, () => {
      const x = tf.randomUniform<tf.Rank.R4>([3, side, side, 2], -1, 1, "float32", 3);
      const filter = tf.randomUniform<tf.Rank.R4>([size, size, 2, 6], -1, 1, "float32", 4);
      const loss = (w: tf.Tensor): tf.Scalar =>
        tf.sum(tf.square(tf.conv2d(x, w as tf.Tensor4D, 2, pad)));
      return tf.grad(loss)(filter);
    });
  }
}

async function check(what: string, compute: () => tf.Tensor): Promise<void> {
  await tf.setBackend("cpu");
  const expected = Float32Array.from(await tf.tidy(compute).data());
  await tf.setBackend("wasm");
  const computed = await tf.tidy(compute).data();
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [at, value] of expected.entries()) {
    if (Math.abs(value - (computed[at] ?? Number.NaN)) <= 1e-5 * scale) continue;
    throw new Error(`the patched ${what} is ${computed[at]} at ${at}, where cpu has ${value}`);
  }
}
