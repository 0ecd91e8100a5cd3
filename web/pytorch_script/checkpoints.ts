// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The functions with which a script saves its run as a checkpoint of the core and goes on from one:
// the names of the tensors are those of src/io/checkpoint.h.

import type { Config, NetworkConfig, OptimizerConfig } from "../engine/types";
import type { NetworkCode } from "./networks";
import { call, indent, longJson } from "./python";

/** What PyTorch's optimisers keep for each weight besides the number of steps. */
const STATE: Readonly<Record<OptimizerConfig["type"], readonly string[]>> = {
  adam: ["exp_avg", "exp_avg_sq"],
  sgd: ["momentum_buffer"],
  rmsprop: ["square_avg"],
};

interface Networks {
  readonly gen: NetworkCode;
  readonly disc: NetworkCode;
}

/** The variables that make up a run, in the order in which functions take them. */
function variablesOf({ ema_decay }: Config): string {
  return `gen, disc, opt_gen, opt_disc${ema_decay > 0 ? ", gen_ema" : ""}`;
}

/** The functions, one block of lines each. */
export function writeCheckpoints(config: Config, networks: Networks): string[][] {
  return [
    layerNames(networks),
    namedTensors(hasBatchNorm(networks.gen) || hasBatchNorm(networks.disc)),
    STATE_TENSORS,
    runTensors(config, networks),
    saveRun(config),
    loadRun(config, networks),
  ];
}

/** The constant with which a checkpoint says what it is of; without the shapes of ShapedConfig. */
export function writeConfig(config: Config): string[] {
  return [
    "# These settings, for the file that is saved: Ganvas reads the networks' layers from them.",
    ...longJson("ganvas_config = ", JSON.stringify({ ...config, shapes: undefined })),
  ];
}

/** The lines of main() that load a checkpoint if one is given. */
export function goOn(config: Config): string[] {
  return [
    `run = ${variablesOf(config)}`,
    "start = 0",
    "if args.checkpoint:",
    ...indent([
      "start = load_run(args.checkpoint, *run)",
      "torch.manual_seed(seed + start)  # not the first steps' noise again",
      ...fallTo("gen", config.generator),
      ...fallTo("disc", config.discriminator),
      'print(f"going on from step {start}")',
    ]),
  ];
}

/** Puts a learning rate that falls to where the checkpoint's is. */
function fallTo(of: "gen" | "disc", { optimizer, updates }: NetworkConfig): string[] {
  if (optimizer.lr_decay_steps === 0) return [];
  return [
    `schedule_${of}.last_epoch = ${times("start", of, updates)}`,
    `left = max(0, 1 - schedule_${of}.last_epoch / schedule_${of}.total_iters)`,
    `opt_${of}.param_groups[0]["lr"] *= left`,
  ];
}

/** The number of updates of a network in a number of steps. */
function times(steps: string, of: "gen" | "disc", updates: number): string {
  return updates === 1 ? steps : `${steps} * ${of}_updates`;
}

function hasBatchNorm({ lines }: NetworkCode): boolean {
  return lines.some((line) => line.includes("nn.BatchNorm"));
}

function layerNames({ gen, disc }: Networks): string[] {
  const names = (variable: string, { layers }: NetworkCode): string[] =>
    call(
      `${variable} = `,
      layers.map(([module, layer]) => `"${module}": "${layer}"`),
      { brackets: ["{", "}"], levels: 0 },
    );
  return [
    "# The layers with weights, and their names in a Ganvas file.",
    ...names("gen_layers", gen),
    ...names("disc_layers", disc),
  ];
}

function namedTensors(batchNorm: boolean): string[] {
  const add = 'tensors[f"{layers[layer]}.{kind}"] = tensor';
  return [
    "def named_tensors(named, layers):",
    ...indent([
      '"""A network\'s tensors by their names in a Ganvas file: 0.weight, 0.bias, ..."""',
      "tensors = {}",
      "for name, tensor in named:",
      '    layer, _, kind = name.rpartition(".")',
      ...indent(
        batchNorm ? ['if kind != "num_batches_tracked":  # not in the file', `    ${add}`] : [add],
      ),
      "return tensors",
    ]),
  ];
}

const STATE_TENSORS = [
  "def state_tensors(opt, weights, *kinds):",
  ...indent([
    '"""What an optimizer keeps for each weight, 0 before its first step: 0.weight.exp_avg, ..."""',
    "return {",
    '    f"{name}.{kind}": opt.state[weight].setdefault(kind, torch.zeros_like(weight))',
    "    for name, weight in weights.items()",
    "    for kind in kinds",
    "}",
  ]),
];

function runTensors(config: Config, networks: Networks): string[] {
  const part = (name: string, of: "gen" | "disc") => {
    const weights = `${of}_weights`;
    const buffers = `named_tensors(${of}.named_buffers(), ${of}_layers)`;
    return `    "${name}": ${weights}${hasBatchNorm(networks[of]) ? ` | ${buffers}` : ""},`;
  };
  const state = (name: string, of: "gen" | "disc", { type }: OptimizerConfig) => {
    const kinds = STATE[type].map((kind) => `"${kind}"`).join(", ");
    return `    "${name}": state_tensors(opt_${of}, ${of}_weights, ${kinds}),`;
  };
  const average = "named_tensors(gen_ema.named_parameters(), gen_layers)";
  return [
    `def run_tensors(${variablesOf(config)}):`,
    ...indent([
      '"""All tensors of a Ganvas file by their names."""',
      "gen_weights = named_tensors(gen.named_parameters(), gen_layers)",
      "disc_weights = named_tensors(disc.named_parameters(), disc_layers)",
      "parts = {",
      part("generator", "gen"),
      part("discriminator", "disc"),
      state("optimizer_g", "gen", config.generator.optimizer),
      state("optimizer_d", "disc", config.discriminator.optimizer),
      ...(config.ema_decay > 0 ? [`    "generator_average": ${average},`] : []),
      "}",
      "return {",
      '    f"{part}.{name}": tensor.detach()',
      "    for part, tensors in parts.items()",
      "    for name, tensor in tensors.items()",
      "}",
    ]),
  ];
}

function saveRun(config: Config): string[] {
  const run = variablesOf(config);
  return [
    `def save_run(path, step, ${run}):`,
    ...indent([
      '"""Saves the run as a file that Ganvas opens."""',
      'metadata = {"format": "pt", "ganvas.config": ganvas_config, "ganvas.step": str(step)}',
      `save_file(run_tensors(${run}), path, metadata)`,
    ]),
  ];
}

/** Sets the number of updates in the state of optimisers that count them. */
function setCounts({ generator, discriminator }: Config): string[] {
  const counts = new Map<string, string[]>();
  const add = (of: "gen" | "disc", { optimizer, updates }: NetworkConfig): void => {
    if (optimizer.type === "sgd") return;
    const count = times("step", of, updates);
    counts.set(count, [...(counts.get(count) ?? []), `*opt_${of}.state.values()`]);
  };
  add("gen", generator);
  add("disc", discriminator);
  return [...counts].flatMap(([count, states]) => [
    `for state in [${states.join(", ")}]:`,
    `    state["step"] = torch.tensor(float(${count}))`,
  ]);
}

function loadRun(config: Config, { gen }: Networks): string[] {
  return [
    `def load_run(path, ${variablesOf(config)}):`,
    ...indent([
      '"""Goes to where the run in a Ganvas file is, and returns its step."""',
      'with safe_open(path, "pt") as file:',
      `    for name, tensor in run_tensors(${variablesOf(config)}).items():`,
      "        tensor.copy_(file.get_tensor(name).view_as(tensor))",
      '    step = int(file.metadata()["ganvas.step"])',
      ...setCounts(config),
      ...(config.ema_decay > 0 && hasBatchNorm(gen)
        ? [
            "for average, statistic in zip(gen_ema.buffers(), gen.buffers()):",
            "    average.copy_(statistic)",
          ]
        : []),
      "return step",
    ]),
  ];
}
