// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes a config as one PyTorch script that trains it, with only the code that this GAN needs.
// tests/golden/pytorch_script.py checks it against the same golden runs as the core.

import { checkpointName } from "../config/file_names";
import type { Config } from "../engine/types";
import { goOn, writeCheckpoints, writeConfig } from "./checkpoints";
import { ALL_DIGITS, examplesOf, isOwn, writeData } from "./data";
import { classesIn, type ShapedConfig, writeDiscriminator, writeGenerator } from "./networks";
import { type Setting, writeOptimizers } from "./optimizers";
import { indent, printNumber } from "./python";
import { callInitialisation, makeCriterion, writeHelpers, writeStep } from "./training";

export function scriptName({ preset }: Pick<Config, "preset">): string {
  return `ganvas_${preset.replaceAll(/[^a-z0-9]+/g, "_")}.py`;
}

/**
 * @param drawn points drawn by hand, encoded as in the link; used for data "drawn" only
 * @param saved the config that the script's checkpoints name
 */
export function writeScript(config: ShapedConfig, drawn = "", saved: Config = config): string {
  const optimizers = writeOptimizers(config);
  const networks = { gen: writeGenerator(config), disc: writeDiscriminator(config) };
  const classes = [networks.gen.lines, networks.disc.lines];
  const blocks = [
    ...classes,
    ...writeHelpers(config),
    ...writeData(config, drawn),
    ...writeCheckpoints(config, networks),
    writeMain(config, classes.join(), optimizers.lines),
  ];
  const body = join(blocks);
  const settings = [...settingsOf(config), ...optimizers.settings].filter(([name]) =>
    new RegExp(`[^.\\w]${name}\\b(?!=[^=])`).test(body),
  );
  const head = [
    writeDocumentation(config),
    "",
    importsOf(body),
    "",
    ...settings.map(([name, value]) => `${name} = ${value}`),
    DEVICE,
  ];
  return `${join([head, [body], writeConfig(saved), RUN])}\n`;
}

function join(blocks: readonly (readonly string[])[]): string {
  return blocks.map((lines) => lines.join("\n")).join("\n\n\n");
}

const RUN = ['if __name__ == "__main__":', "    main()"];

const DEVICE = 'device = torch.device("cuda" if torch.cuda.is_available() else "cpu")';

function writeDocumentation(config: Config): string {
  const images = config.data === "images";
  const own = isOwn(config);
  const name = scriptName(config);
  const files = classesIn(config).real
    ? "train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz"
    : "train-images-idx3-ubyte.gz";
  const place = own ? "FILE" : "FOLDER";
  const run = `python ${name}${images ? ` --data ${place}` : ""}`;
  const pictures = own ? "pictures of your own" : "handwritten digits";
  const subject = images ? pictures : "points in the plane";
  const output = "Samples are written to samples.png at the end.";
  return [
    `"""A GAN that learns ${subject}, as Ganvas trains it (preset ${config.preset}).`,
    "",
    `    pip install torch safetensors${own ? " numpy" : ""}`,
    `    ${run} --steps 10000`,
    "",
    ...(own
      ? [`FILE is the set ${config.pictures} as Ganvas saves it, a .npz file.`, output]
      : images
        ? [
            `FOLDER holds MNIST's ${files};`,
            `if not, torchvision downloads MNIST into it. ${output}`,
          ]
        : ["Samples are written to samples.csv at the end."]),
    "",
    "The trained networks are saved too, as a .safetensors file that Ganvas opens in Explore. To go on",
    "from it, or from a run that Ganvas has saved with these settings, name the file:",
    "",
    `    ${run} ${checkpointName(config, 10_000)}`,
    "",
    "Initial weights, noise and the order of batches come from PyTorch's random generator: the algorithm",
    "is the same as in the browser, the numbers are not.",
    ...(config.shards > 1
      ? [
          `Ganvas cuts each batch into ${config.shards} shards with batch-norm statistics of their own; here they are of the`,
          "whole batch, so that networks with batch norm train a little differently.",
        ]
      : []),
    '"""',
  ].join("\n");
}

/** Possible imports, and patterns that show where they are needed. */
const IMPORTS: readonly (readonly (readonly [RegExp, string])[])[] = [
  [
    [/\bargparse\./, "import argparse"],
    [/\bbase64\./, "import base64"],
    [/\bcopy\.deepcopy/, "import copy"],
    [/\bgzip\./, "import gzip"],
    [/\bstruct\./, "import struct"],
    [/\bzlib\./, "import zlib"],
    [/\bPath\(/, "from pathlib import Path"],
  ],
  [
    [/\bnumpy\./, "import numpy"],
    [/\btorch\./, "import torch"],
    [/\bF\./, "import torch.nn.functional as F"],
    [/\bsafe_open\(/, "from safetensors import safe_open"],
    [/\bsave_file\(/, "from safetensors.torch import save_file"],
    [/\bnn\./, "from torch import nn"],
    [/\bLinearLR\(/, "from torch.optim.lr_scheduler import LinearLR"],
  ],
];

function importsOf(body: string): string {
  const groups = IMPORTS.map((group) =>
    group.filter(([use]) => use.test(body)).map(([, line]) => line),
  );
  const loaders = ["DataLoader", "TensorDataset"].filter((name) => body.includes(`${name}(`));
  groups.at(-1)?.push(`from torch.utils.data import ${loaders.join(", ")}`);
  return groups.map((lines) => lines.join("\n")).join("\n\n");
}

/** Hyper-parameters other than the optimisers'; the script keeps those that it uses. */
function settingsOf(config: Config): Setting[] {
  const numbers: Readonly<Record<string, number>> = {
    seed: config.seed,
    examples: examplesOf(config) ?? 0,
    batch_size: config.batch_size,
    z_dim: config.latent_size,
    classes: config.classes,
    disc_updates: config.discriminator.updates,
    gen_updates: config.generator.updates,
    label_smoothing: config.label_smoothing,
    instance_noise: config.instance_noise,
    augment_color: config.augment_color,
    augment_translation: config.augment_translation,
    augment_cutout: config.augment_cutout,
    weight_clip: config.weight_clip,
    lambda_gp: config.gradient_penalty,
    gamma_r1: config.r1,
    r1_interval: config.r1_interval,
    ema_decay: config.ema_decay,
  };
  return [
    ["file_name", `"${checkpointName(config, "{step}")}"`],
    ...Object.entries(numbers).map(([name, value]): Setting => [name, printNumber(value)]),
  ];
}

/** Unlike the core's, PyTorch's BatchNorm1d rejects a last batch of a single sample. */
function lastBatch(config: Config, networks: string): string {
  const examples = examplesOf(config) ?? ALL_DIGITS;
  const single = examples > config.batch_size && examples % config.batch_size === 1;
  return single && networks.includes("nn.BatchNorm1d(") ? ", drop_last=True" : "";
}

function writeMain(
  config: ShapedConfig,
  networks: string,
  optimizers: readonly string[],
): string[] {
  const images = config.data === "images";
  const averaged = config.ema_decay > 0;
  const { gen, real } = classesIn(config);
  const count = images ? (gen ? 100 : 64) : 1000;
  const sampler = averaged ? "gen_ema" : "gen";
  const own = isOwn(config);
  const loadImages = own ? "load_pictures(args.data)" : "load_digits(args.data)";
  const loaded = images ? loadImages : "draw_points()";
  return [
    "def main():",
    ...indent([
      "parser = argparse.ArgumentParser()",
      ...(images
        ? [
            'parser.add_argument("--data", type=Path, default=Path("DATA"))'.replace(
              "DATA",
              own ? "pictures.npz" : "data",
            ),
          ]
        : []),
      'parser.add_argument("--steps", type=int, default=10000)',
      'parser.add_argument("checkpoint", nargs="?", help="a .safetensors file to go on from")',
      "args = parser.parse_args()",
      "",
      "torch.manual_seed(seed)",
      "gen = Generator().to(device)",
      "disc = Discriminator().to(device)",
      ...callInitialisation(config),
      ...(averaged ? ["gen_ema = copy.deepcopy(gen)  # moving average, used for samples"] : []),
      ...optimizers,
      ...makeCriterion(config),
      "",
      ...goOn(config),
      "",
      `dataset = ${real ? `TensorDataset(*${loaded})` : loaded}`,
      `batches = endless(DataLoader(dataset, batch_size, shuffle=True${lastBatch(config, networks)}))`,
      `fixed_noise = torch.randn(${count}, z_dim, device=device)`,
      ...(gen ? [`fixed_labels = torch.arange(${count}, device=device) % classes`] : []),
      "",
      "last = start + args.steps",
      "for step in range(start + 1, last + 1):",
      ...indent(writeStep(config)),
      "",
      ...indent([
        "if step % 100 == 0 or step == last:",
        '    print(f"step {step}: lossD {lossD:.4f}, lossG {lossG:.4f}")',
      ]),
      "",
      "save_run(file_name.format(step=last), last, *run)",
      `${sampler}.eval()`,
      "with torch.no_grad():",
      `    samples = ${sampler}(${gen ? "fixed_noise, fixed_labels" : "fixed_noise"})`,
      ...(images
        ? ['save_grid(samples, Path("samples.png"))']
        : [
            'lines = [f"{x:.4f},{y:.4f}\\n" for x, y in samples.tolist()]',
            'Path("samples.csv").write_text("".join(lines))',
          ]),
    ]),
  ];
}
