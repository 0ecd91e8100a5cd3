// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn in English.

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
  makes: "Makes",
  weights: "Weights",
  onAverage: "on average",
  ends: { fake: "fake", real: "real" },
  stripOfReal: (mean) => `What D says of the real digits, ${mean} on average`,
  stripOfFake: (mean) => `What D says of the fakes, ${mean} on average`,
  ifDSaid: "If D said",

  pixel: (row, column) => `row ${row}, column ${column}`,
  pixelButton: (place) => `Pixel at ${place}; arrow keys move it`,
  rowOfPixels: (row) => `Row ${row} as the network gets it, −1 to 1`,
  otherDigits: "Another digit",
  picture: (number) => `Digit ${number} of the batch`,

  noiseShape: (rows, width) => `noise: ${rows} × ${width} numbers`,
  noiseOfStep: (step) => `drawn in step ${step}`,
  noiseOfSeed: (seed) => `drawn for you, seed ${seed}`,
  noiseRow: (row, width) => `The ${width} numbers of picture ${row}`,
  whichPicture: "Picture",
  noiseAll: (count) => `All ${count} numbers, and the bell curve`,
  meanAndDeviation: (mean, deviation) => `mean ${mean}, standard deviation ${deviation}`,
  newNoise: "New noise",

  noiseTiles: "The noise as squares, lighter and darker",
  noiseOfOne: "Noise",
  hiddenTiles: "What the hidden layer makes of it",
  unitsOn: (on, all) => `${on} of ${all} above 0`,
  madePicture: "The picture that the generator makes of it",
  between: "From one noise to another",
  rangeHere: "From … to",

  dOnReal: (count) => `What D says of ${count} real digits; 16 shown`,
  noiseOnDigits: "Noise on the digits",

  dOnFake: (count) => `What D says of ${count} fakes; 16 shown`,
  fakePicture: (number, probability) => `Fake ${number}: D says ${probability}`,
  fakeNumber: (number) => `Fake ${number}`,
  slopesName: "D’s taste",
  slopesLabel: "How each pixel moves the discriminator’s opinion",
  slopes: ["More ink here looks", "more real", "more fake"],
  pullOfG: "lossG pulls the fake",
  pullOfD: "lossD leaks through",
  pullCut: "lossD is cut off",
  pullSum: "What reaches the generator",
  pullsLabel: "How strongly each loss pulls this fake towards real or towards fake",
  dSays: "D says",
  wayBack: (detached) =>
    detached
      ? "The gradient of lossD goes back through D and stops at detach"
      : "The gradient of lossD goes back through D into the generator",
  nothingCancelled: "With detach the generator feels lossG alone, all of it.",
  cancelled: (share) =>
    share < 0.995
      ? `Without it, ${percent(share)} of lossG’s pull on this fake is cancelled.`
      : share < 1.005
        ? "Without it, nothing of lossG’s pull on this fake is left."
        : "Without it, the pull on this fake is turned around: the generator would make it worse.",

  curvesTitle: "What one picture costs, by what D says of it",
  curvesLabel:
    "Two curves: minus log p for real pictures falls, minus log of 1 minus p for fakes rises",
  curvesAxis: "what D says",
  ifReal: "of a real picture",
  ifFake: "of a fake",
  ofThisBatch: "The loss of this batch",
  meanOf: (count) => `mean of ${count} times`,
  coreSays: (loss) => `the core computed ${loss}`,

  learningRate: "Learning rate",
  gradientNorm: "Gradient",
  afterUpdateOfD: "After D has learned, the same pictures",
  afterUpdateOfG: "After G has learned, from the same noise",
  wantsOne: "wants 1",
  wantsZero: "wants 0",
  wantsLess: "wants less",
  gWantsOne: "G wants 1",
  inkMoved: "Change",
  largestChange: (value) =>
    `In “Change”, mid grey stayed as it was. The largest change of a pixel: ${value}.`,

  stations: "One training step",
  experiments: "Break it",
  previous: "Back",
  next: "Next",
  tryThis: "Try",
  code: "The same in PyTorch",
  codeNote: "The lines of this station are lit.",
  trained: (step) => `You look at step ${step} of this GAN. Train on:`,
  trainMore: (steps) => `+${steps} steps`,
  fromStart: "Back to step 1",
  untrained: "Nobody has learned anything yet: D says about ½ of everything.",
  preparing: "Training a small GAN to look into",
  failed: "The lesson’s GAN could not be made.",

  yourGuess: "What do you think?",
  start: "Start both runs",
  stop: "Stop",
  again: "Run again",
  progress: (done, all) => `step ${done} of ${all}`,
  whatHappened: "What happened",
  guessed: (guess) => `Your guess: ${guess}`,
  realPoints: "the real points",
  samples: "samples",
  figures: {
    modes: "spots reached, of 8",
    onSpots: "samples on a spot",
    readable: "digits read as asked",
    dFake: "D(G(z))",
    lossG: "lossG",
    gradientG: "G’s gradient",
    cosine: "leak against lossG",
    left: "left of lossG’s gradient",
  },
  runFailed: "This run broke down: its numbers grew out of bounds.",
};

export const english: LessonTexts = {
  labels,
  stations: {
    pixels: {
      name: "Pixels",
      title: "A picture becomes numbers",
      body: [
        "A GAN is a game for two. The **generator** makes pictures out of random numbers and wants them to pass for real. The **discriminator** looks at real and made pictures and wants to tell which are which. These eight stations walk through one turn of the game: one training step.",
        "First the real pictures. A pixel is a byte: 0 is blank, 255 full ink. `ToTensor` divides it by 255. `Normalize` subtracts 0.5 and divides by 0.5. Now it lies between −1 and 1, which is just what the generator can make.",
      ],
      change: "Point at another pixel, or pick another digit.",
    },
    noise: {
      name: "Noise",
      title: "It begins with noise",
      body: [
        "Each made picture starts as 64 random numbers. `randn` draws them from the bell curve: most lie near 0, few beyond 3.",
        "They mean nothing yet. In training the generator gives them a meaning: from other numbers comes another picture.",
      ],
      change: "Draw new noise. The bars change, the bell stays.",
    },
    generator: {
      name: "Generator",
      title: "The generator turns noise into a picture",
      body: [
        "A `Linear` layer multiplies what it gets by its **weights** and adds up. `LeakyReLU` lets sums above 0 pass and all but silences those below. So 64 numbers become 256, then 784, and `Tanh` squeezes each into −1 to 1: a picture.",
        "The generator never sees a real digit. All it will learn, it learns from what the discriminator says.",
      ],
      change: "Slide from one noise to another: the picture follows, without a jump.",
    },
    real: {
      name: "D on real",
      title: "The discriminator looks at real digits",
      body: [
        "It goes the other way: 784 pixels, 128 numbers, one number. `Sigmoid` makes that a probability, **D(x)**: how sure it is that the picture is real.",
        "Of real digits it wants to say 1. Each dot is one digit of this batch.",
      ],
      change: "Put noise on the digits and see when it stops trusting them.",
    },
    fake: {
      name: "D on fake",
      title: "It looks at fakes, and `detach` cuts the string",
      body: [
        "Of fakes, D(G(z)), it wants to say 0. A loss sends back a **gradient**: for each weight, which way it should move. Fakes come from the generator, so lossD’s gradient would run on into it.",
        "But lossD asks of a fake the very opposite of what the generator’s own loss asks. Added up, they cancel. `detach()` hands over the pixels without the string to their maker.",
        "Here `opt_gen.zero_grad()` stands right before `lossG.backward()` and would erase the leak: then leaving out `detach` only wastes work. Where gradients are zeroed once, at the top of the loop, the leak stays.",
      ],
      change: "Take `detach` away, then let D trust the fake more and more.",
    },
    losses: {
      name: "Losses",
      title: "Two terms make one loss",
      body: [
        "A **loss** says how wrong the answers were. A real picture costs −log D(x): nothing when D says 1, more and more as D nears 0. A fake costs −log(1 − D(G(z))). This is binary cross-entropy, `BCELoss`.",
        "Average over the batch, then over both terms: that is lossD. Who always says ½ pays 0.693.",
      ],
      change: "Slide what D might say: being sure and wrong is what costs.",
    },
    train_d: {
      name: "D learns",
      title: "The discriminator learns",
      body: [
        "`backward()` finds the gradient of lossD for each of D’s weights, and the optimizer moves every weight a little the way the loss falls. How far is the **learning rate**.",
        "Then the same batch once more: lossD is smaller. One of the two, D(x) or D(G(z)), may give way a little for the other: what counts is the sum.",
      ],
      change:
        "Take the very same step at ten and at a hundred times the rate. Farther is not always better.",
    },
    train_g: {
      name: "G learns",
      title: "The generator learns",
      body: [
        "Now the roles turn. The same fakes go to the discriminator that has just learned, and the generator wants it to say 1: lossG = −log D(G(z)).",
        "The gradient runs back through D, whose weights stay as they are, into the pixels: more ink here, less there. And on into the generator’s weights.",
        "That was one step. Digits come out of thousands.",
      ],
      change: "Use a larger rate and watch the ink move. Then train on and come back.",
    },
  },
  experiments: {
    collapse: {
      name: "Collapse",
      title: "Watch mode collapse happen",
      body: [
        "The real points, blue, lie on eight spots in a ring. A good generator reaches all eight.",
        "**Mode collapse** is when it does not: it finds one kind of sample that passes and makes only that.",
        "The two runs differ in one thing: in the second, the generator’s learning rate is twenty times as high.",
      ],
      question: "Where will the second run’s samples be?",
      guesses: [
        "On all eight spots, only sooner",
        "In one heap that jumps about",
        "All over the square",
      ],
      healthy: "Both learn at 0.001",
      broken: "Generator at 0.02",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps the first run reaches **${healthy.modes} of 8** spots, the second **${broken.modes} of 8**.`,
        shown
          ? "The fast generator throws everything where the discriminator trusts most just now. The discriminator learns to distrust that place, and the heap jumps to the next. On digits it looks like this: every picture the same."
          : "This time the fast generator did not collapse. It mostly does: run it again with other random numbers.",
      ],
    },
    detach: {
      name: "No detach",
      title: "Take `detach` away",
      body: [
        "The second run lacks one word. There lossD’s gradient reaches the generator too and is added to lossG’s, as when all gradients are zeroed once, at the top of the loop.",
        "Both play with the Wasserstein loss: lossD wants D(G(z)) lower, lossG wants it higher, and both just as strongly.",
        "With the tutorial’s loss the leak takes away only a part, as station 5 shows. From five seeds, four such GANs learned this ring as well as with `detach`, and one collapsed.",
      ],
      question: "What will the generator without `detach` do?",
      guesses: ["Learn just as well", "Learn, but more slowly", "Learn nothing"],
      healthy: "With `detach`",
      broken: "Without",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.onSpots))}** of the samples lie on a spot with detach, **${percent(or0(broken.onSpots))}** without.`,
        `What leaked pointed against lossG’s own gradient: the cosine between them was ${or0(broken.cosine).toFixed(2)}, where −1 is exactly opposite.`,
        shown
          ? "What one loss builds, the other tears down in the same step. PyTorch refuses at first: the second `backward()` finds its graph gone. `retain_graph=True` silences that, and then this happens."
          : "This time the difference was small. Run it again with other random numbers.",
      ],
    },
    strong: {
      name: "D too strong",
      title: "Make the discriminator too strong",
      body: [
        "A better judge should make a better forger. So in the second run the discriminator learns three times in every step, each time at three times the rate.",
        "Both play with the loss of the first GANs, **minimax**: the generator lowers log(1 − D(G(z))). Each column asks for one digit, 0 to 9, and a classifier tries to read what comes.",
      ],
      question: "What does the strict judge do?",
      guesses: ["The digits become better", "Nothing much", "The generator stops learning"],
      healthy: "D learns once a step, at 0.001",
      broken: "D learns three times, at 0.003",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.readable))}** of the digits can be read as asked in the first run, **${percent(or0(broken.readable))}** in the second.`,
        `The strong discriminator says ${small(or0(broken.dFake))} of fakes on average. Over the run, the generator’s gradient was ${times(healthy.gradientG, broken.gradientG)} times smaller than in the first.`,
        shown
          ? "When every answer is “fake, I am sure”, none says which way would be better. The gradient **vanishes**, and the generator stands still."
          : "This time the generator held out. It mostly does not: run it again with other random numbers.",
      ],
    },
    saturating: {
      name: "Two lossGs",
      title: "Turn the generator’s loss around",
      body: [
        "Both runs have the strong discriminator of the experiment before. They differ in what the generator is told.",
        "Second run: lower log(1 − D(G(z))), minimax. First run: raise log D(G(z)), the tutorial’s lossG. Both ask for a larger D(G(z)). But near D(G(z)) = 0 the one is flat and the other steep.",
      ],
      question: "Does it help to turn the loss around?",
      guesses: [
        "No: both ask for the same",
        "Yes: now it learns",
        "It breaks the first run as well",
      ],
      healthy: "lossG = −log D(G(z))",
      broken: "lossG = log(1 − D(G(z)))",
      verdict: ({ steps, healthy, broken, shown }) => [
        `After ${count(steps)} steps **${percent(or0(healthy.readable))}** of the digits can be read as asked with the tutorial’s loss, **${percent(or0(broken.readable))}** with minimax.`,
        `The generator’s gradient was ${times(healthy.gradientG, broken.gradientG)} times as large with the tutorial’s loss.`,
        shown
          ? "Where the discriminator is sure, minimax **saturates**: its slope is D(G(z)), next to nothing. The other has 1 − D(G(z)), next to 1. That is why nearly everybody trains with it."
          : "This time minimax held out. It mostly does not: run it again with other random numbers.",
      ],
    },
  },
};
