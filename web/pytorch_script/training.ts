// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop as in the tutorials, in the core's order (src/gan/trainer.cpp): draw samples,
// update the discriminator, update the generator, and the extras of some GANs.

import { makesProbabilities } from "../engine/objectives";
import type { Config } from "../engine/types";
import { isAugmented, writeAugmentation } from "./augmentation";
import { classesIn, type ShapedConfig, writeDiscriminator, writeGenerator } from "./networks";
import { indent, printTuple } from "./python";

type Lines = readonly string[];

/** The number of an update of the discriminator, the k-th of its step. */
const DISC_UPDATE = "((step - 1) * disc_updates + k)";

/** The body of the loop over steps. */
export function writeStep(config: Config): string[] {
  const { discriminator, generator, first_update, ema_decay } = config;
  const [real, fake] = [drawReal(config), drawFake(config)];
  const disc = updateDiscriminator(config);
  const gen = updateGenerator(config);
  const last = ema_decay > 0 ? ["", "update_average(gen_ema, gen, step)"] : [];
  switch (first_update) {
    case "discriminator":
      return [
        ...repeat("disc_updates", discriminator.updates, [...real, ...fake, "", ...disc]),
        "",
        ...repeatReusing("gen_updates", generator.updates, fake, gen),
        ...last,
      ];
    case "generator":
      return [
        ...real,
        ...repeat("gen_updates", generator.updates, [...fake, "", ...gen]),
        "",
        ...repeatReusing("disc_updates", discriminator.updates, [...real, ...fake], disc),
        ...last,
      ];
  }
}

/** Repeated updates, each with newly drawn samples. */
function repeat(count: string, updates: number, lines: Lines): string[] {
  if (updates === 1) return [...lines];
  const name = lines.some((line) => line.includes(DISC_UPDATE)) ? "k" : "_";
  return [`for ${name} in range(${count}):`, ...indent(lines)];
}

/** Repeated updates; the first reuses the samples that the other network has just seen. */
function repeatReusing(count: string, updates: number, draw: Lines, lines: Lines): string[] {
  if (updates === 1) return [...lines];
  const again = ["if k > 0:", ...indent(draw)];
  return [`for k in range(${count}):`, ...indent([...again, "", ...lines])];
}

function drawReal(config: Config): string[] {
  return [classesIn(config).real ? "real, real_labels = next(batches)" : "real = next(batches)"];
}

function drawFake(config: Config): string[] {
  const { gen, fake } = classesIn(config);
  return [
    "noise = torch.randn(len(real), z_dim, device=device)",
    ...(fake ? ["fake_labels = torch.randint(classes, (len(real),), device=device)"] : []),
    gen ? "fake = gen(noise, fake_labels)" : "fake = gen(noise)",
  ];
}

/** A call of the discriminator; with an auxiliary classifier it also returns class logits. */
function callDiscriminator(config: Config, name: string, samples: string, labels: string): string {
  const augmented = isAugmented(config) ? `augment(${samples})` : samples;
  const seen = config.instance_noise > 0 ? `add_noise(${augmented})` : augmented;
  const inputs = classesIn(config).disc ? `${seen}, ${labels}` : seen;
  const names = config.auxiliary_classifier ? `disc_${name}, class_${name}` : `disc_${name}`;
  return `${names} = disc(${inputs})`;
}

function updateDiscriminator(config: Config): string[] {
  const { auxiliary_classifier: auxiliary, gradient_penalty, weight_clip } = config;
  const { real, fake } = discriminatorLosses(config);
  const terms = ["lossD_real", "lossD_fake", ...(auxiliary ? ["lossC_real", "lossC_fake"] : [])];
  const divisor = (halves(config) ? 2 : 1) * (auxiliary ? 2 : 1);
  const sum = terms.join(" + ");
  const labels = classesIn(config).disc ? ", real_labels" : "";
  return [
    "# Train the discriminator to tell real from fake.",
    callDiscriminator(config, "real", "real", "real_labels"),
    callDiscriminator(config, "fake", config.detach ? "fake.detach()" : "fake", "fake_labels"),
    `lossD_real = ${real}`,
    `lossD_fake = ${fake}`,
    ...(auxiliary
      ? [
          "lossC_real = F.cross_entropy(class_real, real_labels)",
          "lossC_fake = F.cross_entropy(class_fake, fake_labels)",
        ]
      : []),
    `lossD = ${divisor === 1 ? sum : `(${sum}) / ${divisor}`}`,
    ...(gradient_penalty > 0
      ? [`lossD = lossD + lambda_gp * gradient_penalty(disc, real, fake.detach()${labels})`]
      : []),
    ...addR1(config, labels),
    // Without detach, lossD leaves a gradient in the generator too, to which lossG's is added.
    ...(config.detach ? [] : ["opt_gen.zero_grad()"]),
    "opt_disc.zero_grad()",
    `lossD.backward(${config.detach ? "" : "retain_graph=True"})`,
    ...optimizerStep("disc", config.discriminator.optimizer.lr_decay_steps),
    ...(weight_clip > 0
      ? [
          "with torch.no_grad():",
          ...indent([
            "for weight in disc.parameters():",
            "    weight.clamp_(-weight_clip, weight_clip)",
          ]),
        ]
      : []),
  ];
}

/** R1 in each of `r1_interval` updates, and as many times its weight. */
function addR1({ r1, r1_interval, discriminator }: Config, labels: string): string[] {
  if (r1 === 0) return [];
  const add = (weight: string) => `lossD = lossD + ${weight} * r1_penalty(disc, real${labels})`;
  if (r1_interval === 1) return [add("gamma_r1 / 2")];
  const update = discriminator.updates === 1 ? "(step - 1)" : DISC_UPDATE;
  return [`if ${update} % r1_interval == 0:`, ...indent([add("r1_interval * gamma_r1 / 2")])];
}

function updateGenerator(config: Config): string[] {
  const adversarial = generatorLoss(config);
  return [
    "# Train the generator to make fakes that look real.",
    callDiscriminator(config, "fake", "fake", "fake_labels"),
    ...(config.auxiliary_classifier
      ? [
          `lossG_fake = ${adversarial}`,
          "lossC_fake = F.cross_entropy(class_fake, fake_labels)",
          "lossG = (lossG_fake + lossC_fake) / 2",
        ]
      : [`lossG = ${adversarial}`]),
    ...(config.detach ? ["opt_gen.zero_grad()"] : []),
    "lossG.backward()",
    ...optimizerStep("gen", config.generator.optimizer.lr_decay_steps),
  ];
}

/** The optimiser's step, and its schedule's if there is one. */
function optimizerStep(of: "gen" | "disc", decaySteps: number): string[] {
  return [`opt_${of}.step()`, ...(decaySteps > 0 ? [`schedule_${of}.step()`] : [])];
}

/** Whether lossD is the mean of its two terms rather than their sum. */
function halves(config: Config): boolean {
  return makesProbabilities(config.objective) || config.objective === "lsgan";
}

/** The line that creates the loss function, for objectives that have one. */
export function makeCriterion({ objective }: Config): string[] {
  switch (objective) {
    case "bce":
    case "minimax":
      return ["criterion = nn.BCEWithLogitsLoss()  # of sigmoid(logits)"];
    case "lsgan":
      return ["criterion = nn.MSELoss()"];
    case "hinge":
    case "wgan":
      return [];
  }
}

function discriminatorLosses(config: Config): { real: string; fake: string } {
  const { objective, label_smoothing } = config;
  switch (objective) {
    case "bce":
    case "minimax":
    case "lsgan": {
      const smoothed = "torch.full_like(disc_real, 1 - label_smoothing)";
      const target = label_smoothing > 0 ? smoothed : "torch.ones_like(disc_real)";
      return {
        real: `criterion(disc_real, ${target})`,
        fake: "criterion(disc_fake, torch.zeros_like(disc_fake))",
      };
    }
    case "hinge":
      return { real: "F.relu(1 - disc_real).mean()", fake: "F.relu(1 + disc_fake).mean()" };
    case "wgan":
      return { real: "-disc_real.mean()", fake: "disc_fake.mean()" };
  }
}

function generatorLoss({ objective }: Config): string {
  switch (objective) {
    case "bce":
    case "lsgan":
      return "criterion(disc_fake, torch.ones_like(disc_fake))";
    case "minimax":
      return "-criterion(disc_fake, torch.zeros_like(disc_fake))";
    case "hinge":
    case "wgan":
      return "-disc_fake.mean()";
  }
}

/** Helper functions of the loop, one block of lines each. */
export function writeHelpers(config: ShapedConfig): string[][] {
  return [
    ...(config.gradient_penalty > 0 ? [gradientPenalty(config)] : []),
    ...(config.r1 > 0 ? [r1Penalty(config)] : []),
    ...writeAugmentation(config),
    ...(config.instance_noise > 0 ? [ADD_NOISE] : []),
    ...(config.ema_decay > 0 ? [UPDATE_AVERAGE] : []),
    ...initialisation(config),
  ];
}

/** The discriminator's score alone (without class logits) for `x`. */
function score(config: Config, x: string): string {
  const inputs = classesIn(config).disc ? `${x}, labels` : x;
  return config.auxiliary_classifier ? `disc(${inputs})[0]` : `disc(${inputs})`;
}

function gradientPenalty(config: Config): string[] {
  const ones = config.sample_shape.map(() => ", 1").join("");
  return [
    `def gradient_penalty(disc, real, fake${classesIn(config).disc ? ", labels" : ""}):`,
    ...indent([
      '"""Mean of (|gradient| - 1)^2 at points between real and fake (Gulrajani et al. 2017)."""',
      `epsilon = torch.rand(len(real)${ones}, device=device)`,
      "x = (epsilon * real + (1 - epsilon) * fake).requires_grad_()",
      `(gradient,) = torch.autograd.grad(${score(config, "x")}.sum(), x, create_graph=True)`,
      "return ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()",
    ]),
  ];
}

function r1Penalty(config: Config): string[] {
  return [
    `def r1_penalty(disc, real${classesIn(config).disc ? ", labels" : ""}):`,
    ...indent([
      '"""Mean of |gradient|^2 at real samples (Mescheder et al. 2018)."""',
      "x = real.detach().requires_grad_()",
      `(gradient,) = torch.autograd.grad(${score(config, "x")}.sum(), x, create_graph=True)`,
      "return (gradient.flatten(1) ** 2).sum(dim=1).mean()",
    ]),
  ];
}

const ADD_NOISE = [
  "def add_noise(x):",
  ...indent([
    '"""Instance noise on all inputs of the discriminator (Arjovsky and Bottou 2017)."""',
    "return x + instance_noise * torch.randn_like(x)",
  ]),
];

const UPDATE_AVERAGE = [
  "@torch.no_grad()",
  "def update_average(gen_ema, gen, step):",
  ...indent([
    '"""Moves the average towards the weights, faster in the first steps."""',
    "decay = min(ema_decay, step / (step + 10))",
    "for average, weight in zip(gen_ema.parameters(), gen.parameters()):",
    "    average.lerp_(weight, 1 - decay)",
    "for average, statistic in zip(gen_ema.buffers(), gen.buffers()):",
    "    average.copy_(statistic)",
  ]),
];

/** DCGAN's weight initialisation, for the kinds of layers that the networks have. */
function initialisation(config: ShapedConfig): string[][] {
  const modules = [
    ...(config.generator.init === "dcgan" ? writeGenerator(config).lines : []),
    ...(config.discriminator.init === "dcgan" ? writeDiscriminator(config).lines : []),
  ].join();
  const rule = (names: readonly string[], mean: string) => {
    const there = names.map((name) => `nn.${name}`).filter((name) => modules.includes(`${name}(`));
    const kinds = there.length === 1 ? there.join() : printTuple(there);
    const draw = `    nn.init.normal_(layer.weight, mean=${mean}, std=0.02)`;
    return there.length === 0 ? [] : [`if isinstance(layer, ${kinds}):`, draw];
  };
  const rules = [
    ...rule(["Conv2d", "ConvTranspose2d"], "0.0"),
    ...rule(["BatchNorm1d", "BatchNorm2d"], "1.0"),
  ];
  if (rules.length === 0) return [];
  const description = '"""Initial weights as in DCGAN (Radford et al. 2016)."""';
  return [["def init_weights(layer):", ...indent([description, ...rules])]];
}

/** Lines that initialise those networks that do not use PyTorch's defaults. */
export function callInitialisation(config: ShapedConfig): string[] {
  if (initialisation(config).length === 0) return [];
  return [
    ...(config.generator.init === "dcgan" ? ["gen.apply(init_weights)"] : []),
    ...(config.discriminator.init === "dcgan" ? ["disc.apply(init_weights)"] : []),
  ];
}
