// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Networks of every preset and of layers that no preset has, as ONNX files with inputs and what the core makes of them.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const BATCHES = [1, 2, 17];

const conv = (out_channels, kernel_size, more) => ({ out_channels, kernel_size, stride: 1, padding: 0, ...more });

/** All types of layers that no preset uses, and settings that none has. */
const ALL_LAYERS = {
  preset: "quick",
  objective: "bce",
  generator: {
    layers: [
      { type: "class_concat", embedding_size: 3 },
      { type: "linear", out_features: 288 },
      { type: "reshape", channels: 8, height: 6, width: 6 },
      { type: "batch_norm", eps: 0.8, momentum: 0.1 },
      { type: "leaky_relu", negative_slope: 0.2 },
      { type: "upsample2x" },
      { type: "conv2d", ...conv(4, 3, { padding: 1 }) },
      { type: "sigmoid" },
      { type: "conv_transpose2d", ...conv(4, 3, { stride: 2, padding: 1, output_padding: 1 }) },
      { type: "dropout2d", p: 0.5 },
      { type: "relu" },
      { type: "conv2d", ...conv(1, 3, { padding: 3 }) },
      { type: "tanh" },
    ],
  },
  discriminator: {
    layers: [
      { type: "conv2d", ...conv(4, 3, { padding: 1 }) },
      { type: "max_pool2d", kernel_size: 3 },
      { type: "dropout", p: 0.3 },
      { type: "leaky_relu", negative_slope: 0.1 },
      { type: "flatten" },
      { type: "class_concat", embedding_size: 0 },
      { type: "linear", out_features: 20 },
      { type: "batch_norm", eps: 0.8, momentum: 0.1 },
      { type: "relu" },
      { type: "class_projection" },
      { type: "sigmoid" },
    ],
  },
};

/** @returns for each network its name, the model, the ONNX files by dtype, and the batches */
export async function makeCases(folder) {
  const { loadExchange, loadGanvas, PRESETS } = await import(pathToFileURL(join(folder, "node_modules/ganvas/index.js")).href);
  const ganvas = await loadGanvas({ tier: "simd", threads: 1 });
  const exchange = await loadExchange();
  const configs = [...PRESETS.map((preset) => [preset, { preset }]), ["all layers", ALL_LAYERS]];
  return configs.flatMap(([name, config]) => {
    const session = trained(ganvas, config);
    const model = session.save();
    const files = (options) =>
      Object.fromEntries(["f32", "f16"].map((dtype) => [dtype, exchange.onnx(model, { ...options, dtype })]));
    const networks = [
      { name: `${name} G`, files: files({}), batches: BATCHES.map((count) => generated(session, count)) },
      {
        name: `${name} D`,
        files: files({ network: "discriminator" }),
        batches: BATCHES.map((count) => judged(session, count)),
      },
    ];
    if (!takesClasses(session.config().generator)) return networks;
    const mixed = BATCHES.map((count) => mixture(session, count));
    return [...networks, { name: `${name} G, classes mixed`, files: files({ classMix: true }), batches: mixed }];
  });
}

/** A few steps on noise, so that no weight and no statistic is as it began. */
function trained(ganvas, config) {
  const session = ganvas.createSession({ seed: 3, examples: 200, ...config });
  const { data, sample_shape } = session.config();
  if (data === "images") {
    const size = sample_shape.reduce((product, extent) => product * extent);
    const pixels = Uint8Array.from({ length: 200 * size }, (_, i) => (i * 7919) % 256);
    session.setData(
      pixels,
      Uint8Array.from({ length: 200 }, (_, i) => i % 10),
    );
  } else {
    session.setPoints(ganvas.drawPoints("ring", { count: 200, seed: 1 }));
  }
  session.train(10);
  return session;
}

const takesClasses = ({ layers }) => layers.some(({ type }) => type.startsWith("class_"));

const labelsOf = (count) => Uint8Array.from({ length: count }, (_, i) => (i * 3 + 1) % 10);
const int64 = (labels) => ({ type: "int64", dims: [labels.length], data: BigInt64Array.from(labels, BigInt) });
const float32 = (data, dims) => ({ type: "float32", dims, data });

function generated(session, count) {
  const { generator, latent_size, sample_shape } = session.config();
  const latents = session.drawLatents({ count, seed: 11 });
  const classes = takesClasses(generator) ? { labels: labelsOf(count) } : {};
  const images = float32(session.generate({ latents, ...classes }), [count, ...sample_shape]);
  const feeds = { latents: float32(latents, [count, latent_size]) };
  if (classes.labels) feeds.labels = int64(classes.labels);
  return { feeds, expected: { [outputName(session)]: images } };
}

/** Each sample is `share` of the second of two classes. */
function mixture(session, count) {
  const { latent_size, sample_shape } = session.config();
  const latents = session.drawLatents({ count, seed: 12 });
  const labels = labelsOf(count);
  const others = labels.map((label) => (label + 4) % 10);
  const shares = Float32Array.from({ length: count }, (_, i) => i / 16);
  const weights = new Float32Array(count * 10);
  for (let i = 0; i < count; i += 1) {
    weights[i * 10 + labels[i]] = 1 - shares[i];
    weights[i * 10 + others[i]] = shares[i];
  }
  return {
    feeds: { latents: float32(latents, [count, latent_size]), class_weights: float32(weights, [count, 10]) },
    expected: {
      [outputName(session)]: float32(session.generate({ latents, labels, mix: { labels: others, shares } }), [
        count,
        ...sample_shape,
      ]),
    },
  };
}

function judged(session, count) {
  const config = session.config();
  const { discriminator, sample_shape, objective, auxiliary_classifier } = config;
  const size = sample_shape.reduce((product, extent) => product * extent, 1);
  const samples = Float32Array.from({ length: count * size }, (_, i) => Math.sin(i * i));
  const classes = takesClasses(discriminator) ? { labels: labelsOf(count) } : {};
  const rows = Array.from({ length: count }, (_, i) => {
    const input = samples.subarray(i * size, (i + 1) * size);
    const label = classes.labels === undefined ? {} : { label: classes.labels[i] };
    return session.layerOutputs({ network: "discriminator", input, ...label }).at(-1).values;
  });
  const column = (values) => float32(Float32Array.from(values), [count, 1]);
  const first = column(rows.map(([value]) => value));
  const expected = ["bce", "minimax"].includes(objective)
    ? { logits: first, probability: column(session.score({ samples, ...classes })) }
    : { score: first };
  if (auxiliary_classifier) {
    expected.class_logits = float32(Float32Array.from(rows.flatMap((row) => [...row.slice(1)])), [count, 10]);
  }
  const feeds = { [outputName(session)]: float32(samples, [count, ...sample_shape]) };
  if (classes.labels) feeds.labels = int64(classes.labels);
  return { feeds, expected };
}

const outputName = (session) => (session.config().data === "images" ? "images" : "points");
