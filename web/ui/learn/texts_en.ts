// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// English texts of Learn.

import type { Labels, LessonTexts } from "./texts";

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const or0 = (value: number | undefined): number => value ?? 0;
const small = (value: number): string => (value < 0.001 ? "less than 0.001" : value.toFixed(3));
const count = (value: number): string => value.toLocaleString("en");
const times = (larger = 0, smaller = 0): string => count(Number((larger / smaller).toPrecision(2)));

const labels: Labels = {
  before: "Before",
  after: "After",
  number: "Number",
  layer: "Layer",
  output: "Output",
  weights: "Weights",
  onAverage: "on average",
  ends: { fake: "fake", real: "real" },
  stripOfReal: (mean) => `D’s scores for the real digits, ${mean} on average`,
  stripOfFake: (mean) => `D’s scores for the fakes, ${mean} on average`,
  ifDOutput: "If D’s output were",

  pixel: (row, column) => `row ${row}, column ${column}`,
  pixelButton: (place) => `Pixel at ${place}; arrow keys move it`,
  rowOfPixels: (row) => `Row ${row} as D receives it, −1 to 1`,
  otherDigits: "Choose another digit",
  picture: (number) => `Digit ${number} of the batch`,

  noiseShape: (rows, width) => `noise: ${rows} × ${width} numbers`,
  noiseOfStep: (step) => `drawn in step ${step}`,
  noiseOfSeed: (seed) => `drawn for you, seed ${seed}`,
  noiseRow: (row, width) => `The ${width} numbers of picture ${row}`,
  whichPicture: "Picture",
  noiseAll: (count) => `All ${count} numbers, and the bell curve`,
  meanAndDeviation: (mean, deviation) => `mean ${mean}, standard deviation ${deviation}`,
  newNoise: "New noise",

  noiseTiles: "The noise as light and dark squares",
  noiseOfOne: "Noise",
  hiddenTiles: "Output of the hidden layer",
  unitsOn: (on, all) => `${on} of ${all} above 0`,
  madePicture: "The picture that the generator makes from it",
  between: "From one noise to another",
  rangeHere: "From … to",

  dOnReal: (count) => `D’s scores for ${count} real digits; 16 shown`,
  noiseOnDigits: "Noise on the digits",

  dOnFake: (count) => `D’s scores for ${count} fakes; 16 shown`,
  fakePicture: (number, probability) => `Fake ${number}: D outputs ${probability}`,
  fakeNumber: (number) => `Fake ${number}`,
  slopesName: "Effect on D",
  slopesLabel: "How more ink at each pixel changes the discriminator’s score",
  slopes: ["More ink here makes it look", "more real", "more fake"],
  pullOfG: "Pull of lossG",
  pullOfD: "Leaked pull of lossD",
  pullCut: "lossD: stopped by detach",
  pullSum: "Total pull on the generator",
  pullsLabel: "How strongly each loss pulls this fake towards real or fake",
  dOutput: "D’s output",
  gradientPath: (detached) =>
    detached
      ? "The gradient of lossD flows back through D and stops at detach"
      : "The gradient of lossD flows back through D into the generator",
  nothingCancelled: "With detach, only lossG’s gradient reaches the generator, in full.",
  cancelled: (share) =>
    share < 0.995
      ? `Without detach, ${percent(share)} of lossG’s pull on this fake is cancelled.`
      : share < 1.005
        ? "Without detach, lossG’s pull on this fake is cancelled completely."
        : "Without detach, the pull on this fake is reversed: the generator would make it look less real.",

  curvesTitle: "Loss of one picture, by D’s output",
  curvesLabel:
    "Two curves: minus log p, for real pictures, falls; minus log of 1 minus p, for fakes, rises",
  curvesAxis: "D’s output",
  ifReal: "loss of a real picture",
  ifFake: "loss of a fake",
  ofThisBatch: "Loss of this batch",
  meanOf: (count) => `mean over ${count} pictures of`,
  computedByCore: (loss) => `Ganvas computed ${loss}`,

  learningRate: "Learning rate",
  gradientNorm: "Gradient",
  afterUpdateOfD: "After D’s update, same pictures",
  afterUpdateOfG: "After G’s update, same noise",
  targetOne: "target 1",
  targetZero: "target 0",
  lowerIsBetter: "lower is better",
  targetOfG: "G’s target: 1",
  inkMoved: "Change",
  largestChange: (value) =>
    `In “Change”, mid grey means no change. The largest change of a pixel is ${value}.`,

  stations: "One training step",
  experiments: "Break it",
  previous: "Back",
  next: "Next",
  tryThis: "Try",
  code: "The same in PyTorch",
  codeNote: "This station’s lines are highlighted.",
  trained: (step) => `This is step ${step} of the GAN. Train further:`,
  trainMore: (steps) => `+${steps} steps`,
  fromStart: "Back to step 1",
  untrained: "Nothing is trained yet: D outputs about ½ for every picture.",
  preparing: "Training a small GAN for this lesson",
  failed: "The GAN for this lesson could not be set up.",

  stop: "Stop",
  again: "Run again",
  progress: (done, all) => `step ${done} of ${all}`,
  whatHappened: "What happened",
  guessed: (guess) => `Your guess: ${guess}`,
  samples: "samples",
  figures: {
    modes: "spots reached, of 8",
    onSpots: "samples on a spot",
    readable: "digits readable as requested",
    dFake: "D(G(z))",
    lossG: "lossG",
    gradientG: "G’s gradient",
    cosine: "cosine of leak and lossG’s gradient",
    left: "what is left of lossG’s gradient",
  },
  runFailed: "This run diverged: its numbers grew too large to represent.",
};

export const english: LessonTexts = {
  labels,
  stations: {
    pixels: {
      name: "Pixels",
      title: "A picture becomes numbers",
      body: [
        "A GAN is a game between two networks. The **generator** turns random numbers into pictures and tries to make them look real. The **discriminator** looks at real and generated pictures and tries to tell them apart. These eight stations walk you through one round of the game: one training step.",
        "We start with the real pictures. A pixel is a byte: 0 is blank, 255 is full ink. `ToTensor` divides it by 255; `Normalize` subtracts 0.5 and divides by 0.5. The result lies between −1 and 1, the same range as the generator’s output.",
      ],
      change: "Point at another pixel, or pick another digit.",
    },
    noise: {
      name: "Noise",
      title: "Every fake starts as noise",
      body: [
        "Each generated picture starts as 64 random numbers. `randn` draws them from the bell curve: most are close to 0, and few are below −3 or above 3.",
        "At first they mean nothing. Training gives them meaning: different numbers become a different picture.",
      ],
      change: "Draw new noise. The bars change; the bell shape stays.",
    },
    generator: {
      name: "Generator",
      title: "The generator turns noise into a picture",
      body: [
        "A `Linear` layer multiplies its inputs by its **weights** and adds them up. `LeakyReLU` keeps sums above 0 and shrinks those below 0 to almost nothing. So 64 numbers become 256, then 784, and `Tanh` squeezes each of these into the range −1 to 1: a picture.",
        "The generator never sees a real digit. Everything it learns comes from the discriminator’s scores.",
      ],
      change: "Slide from one noise to another: the picture changes smoothly, without a jump.",
    },
    real: {
      name: "D on real",
      title: "The discriminator looks at real digits",
      body: [
        "The discriminator works in the other direction: 784 pixels become 128 numbers, then a single one. `Sigmoid` turns that into a probability, **D(x)**: how likely the picture is to be real, according to D.",
        "For real digits its target is 1. Each dot is one digit of this batch.",
      ],
      change: "Add noise to the digits. At which strength does D(x) drop?",
    },
    fake: {
      name: "D on fake",
      title: "It looks at fakes, and `detach` stops the gradient",
      body: [
        "For fakes, the output is called D(G(z)) and its target is 0. A loss sends back a **gradient**, which tells each weight which way to move. The fakes come from the generator, so lossD’s gradient would flow on into it.",
        "But lossD pushes D(G(z)) down, and the generator’s own loss pushes it up. Added together, the two work against each other. `detach()` passes on the pixels but cuts the connection to the network that made them.",
        "In this code, `opt_gen.zero_grad()` runs right before `lossG.backward()` and would erase the leak, so leaving out `detach` would only waste time. If all gradients are zeroed once, at the top of the loop, the leak stays.",
      ],
      change: "Untick `detach`, then raise D’s output little by little.",
    },
    losses: {
      name: "Losses",
      title: "Two terms make one loss",
      body: [
        "A **loss** measures how wrong the outputs are. The loss of a real picture is −log D(x): zero when D outputs 1, and larger and larger as the output approaches 0. The loss of a fake is −log(1 − D(G(z))). This is binary cross-entropy, `BCELoss`.",
        "Average over the batch, then over both terms: that is lossD. A discriminator that always outputs ½ has a loss of 0.693.",
      ],
      change: "Move D’s output: it costs most to be sure and wrong.",
    },
    train_d: {
      name: "D learns",
      title: "The discriminator learns",
      body: [
        "`backward()` computes the gradient of lossD for each of D’s weights, and the optimiser moves every weight a little in the direction that lowers the loss. The **learning rate** sets how far.",
        "Then D scores the same batch again: lossD is smaller. Either D(x) or D(G(z)) can get a little worse while the other gets better; what counts is the sum.",
      ],
      change:
        "Take the same step at ten and at a hundred times the learning rate. A larger step is not always better.",
    },
    train_g: {
      name: "G learns",
      title: "The generator learns",
      body: [
        "Now it is the generator’s turn. The same fakes go to the discriminator that was just updated, and this time the target is 1: lossG = −log D(G(z)).",
        "The gradient flows back through D, whose weights stay fixed, into the pixels: more ink here, less there. From the pixels it flows on into the generator’s weights.",
        "That was one step. Readable digits take thousands.",
      ],
      change:
        "Use a larger learning rate and watch where the ink changes. Then train further and look again.",
    },
  },
  experiments: {
    collapse: {
      name: "Collapse",
      title: "Watch mode collapse happen",
      body: [
        "The real points, in blue, form eight spots on a ring. A good generator covers all eight.",
        "**Mode collapse** is when it does not: it finds one kind of sample that fools the discriminator and makes only that.",
        "The two runs differ in one setting: in the second, the generator’s learning rate is twenty times as high.",
      ],
      question: "Where will the samples of the second run be?",
      guesses: [
        "On all eight spots, only sooner",
        "In one clump that jumps around",
        "All over the square",
      ],
      healthy: "Both learn at 0.001",
      broken: "Generator at 0.02",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps the first run reaches **${healthy.modes} of 8** spots, the second **${broken.modes} of 8**.`,
        shown
          ? "The fast generator puts all its samples where the discriminator’s score is highest at that moment. The discriminator learns to score that place low, and the clump jumps to the next one. With digits, all pictures would look the same."
          : "This time the fast generator did not collapse. Usually it does: run it again with different random numbers.",
      ],
    },
    detach: {
      name: "No detach",
      title: "Take `detach` away",
      body: [
        "The code of the second run lacks one word. So lossD’s gradient reaches the generator too and is added to lossG’s, as happens when all gradients are zeroed once, at the top of the loop.",
        "Both runs use the Wasserstein loss: lossD pushes D(G(z)) down, lossG pushes it up, and both push equally hard.",
        "With the tutorial’s loss, the leak cancels only part of the gradient, as station 5 shows. Of five such GANs with different random numbers, four learned this ring as well as with `detach`, and one collapsed.",
      ],
      question: "What will the generator without `detach` do?",
      guesses: ["Learn just as well", "Learn, but more slowly", "Learn nothing"],
      healthy: "With `detach`",
      broken: "Without",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.onSpots))}** of the samples lie on a spot with detach, **${percent(or0(broken.onSpots))}** without.`,
        `The leaked gradient pointed against lossG’s own: the cosine between them was ${or0(broken.cosine).toFixed(2)}, where −1 means exactly opposite.`,
        shown
          ? "In every step, one loss undoes what the other does. PyTorch stops you at first: the second `backward()` fails because its graph has been freed. `retain_graph=True` silences the error, and then this happens."
          : "This time the difference was small. Run it again with different random numbers.",
      ],
    },
    strong: {
      name: "D too strong",
      title: "Make the discriminator too strong",
      body: [
        "A better discriminator should make a better generator. So in the second run, the discriminator learns three times in every step, each time at three times the learning rate.",
        "Both runs use the loss by which GANs were first defined, **minimax**: the generator lowers log(1 − D(G(z))). Each column should show one digit, 0 to 9, and a classifier tries to read it.",
      ],
      question: "What will happen to the generator in the second run?",
      guesses: ["It makes better digits", "Not much changes", "It stops learning"],
      healthy: "D learns once per step, at 0.001",
      broken: "D learns three times, at 0.003",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.readable))}** of the digits can be read as the requested digit in the first run, **${percent(or0(broken.readable))}** in the second.`,
        `The strong discriminator outputs ${small(or0(broken.dFake))} for fakes on average. The generator’s gradient was typically ${times(healthy.gradientG, broken.gradientG)} times smaller than in the first run.`,
        shown
          ? "When the score is close to 0 for every fake, changing a fake hardly changes lossG, so nothing shows which way would be better. The gradient **vanishes**, and the generator stops learning."
          : "This time the generator kept learning. Usually it does not: run it again with different random numbers.",
      ],
    },
    saturating: {
      name: "Two losses",
      title: "Rewrite the generator’s loss",
      body: [
        "Both runs have the strong discriminator of the previous experiment. They differ in the generator’s loss.",
        "The second run lowers log(1 − D(G(z))), which is minimax. The first run raises log D(G(z)), which is the tutorial’s lossG. Both push D(G(z)) up. But where D is sure (D(G(z)) near 0), minimax passes hardly any gradient back through D, and the tutorial’s loss nearly all of it.",
      ],
      question: "Does the rewritten loss help?",
      guesses: [
        "No: both push the same way",
        "Yes: with it, the generator learns",
        "No: it breaks the first run as well",
      ],
      healthy: "lossG = −log D(G(z))",
      broken: "lossG = log(1 − D(G(z)))",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.readable))}** of the digits can be read as the requested digit with the tutorial’s loss, **${percent(or0(broken.readable))}** with minimax.`,
        `The generator’s gradient was ${times(healthy.gradientG, broken.gradientG)} times as large with the tutorial’s loss.`,
        shown
          ? "Where the discriminator is sure that a picture is fake, minimax **saturates**: seen from before the `Sigmoid`, its slope is D(G(z)), almost 0; that of the tutorial’s loss is 1 − D(G(z)), almost 1. That is why it is the usual choice."
          : "This time minimax worked too. Usually it does not: run it again with different random numbers.",
      ],
    },
  },
};
