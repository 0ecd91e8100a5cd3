// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All texts of Learn, as one interface that each language implements. In a text, `code` is set as
// code and **words** are strong.

import type { ExperimentName, Station } from "../../lessons/chapters";
import type { FigureName, Findings } from "../../lessons/findings";

interface StationText {
  /** Short name in the list of stations. */
  readonly name: string;
  readonly title: string;
  readonly body: readonly string[];
  /** What to change here, and what to look for. */
  readonly change: string;
}

interface ExperimentText {
  readonly name: string;
  readonly title: string;
  readonly body: readonly string[];
  readonly question: string;
  /** Three guesses; the run shows which is right. */
  readonly guesses: readonly [string, string, string];
  /** Names of the two runs. */
  readonly healthy: string;
  readonly broken: string;
  /** Explains the result from the measurements. */
  verdict(findings: Findings): readonly string[];
}

/** Texts of the interactive parts. Numbers are passed already formatted. */
export interface Labels {
  readonly before: string;
  readonly after: string;
  readonly number: string;
  readonly layer: string;
  readonly output: string;
  readonly weights: string;
  readonly onAverage: string;
  /** Ends of the axis of D's probabilities. */
  readonly ends: { readonly fake: string; readonly real: string };
  stripOfReal(mean: string): string;
  stripOfFake(mean: string): string;
  readonly ifDOutput: string;

  pixel(row: number, column: number): string;
  pixelButton(place: string): string;
  rowOfPixels(row: number): string;
  readonly otherDigits: string;
  picture(number: number): string;

  noiseShape(rows: number, width: number): string;
  noiseOfStep(step: number): string;
  noiseOfSeed(seed: number): string;
  noiseRow(row: number, width: number): string;
  readonly whichPicture: string;
  noiseAll(count: number): string;
  meanAndDeviation(mean: string, deviation: string): string;
  readonly newNoise: string;

  readonly noiseTiles: string;
  readonly noiseOfOne: string;
  readonly hiddenTiles: string;
  unitsOn(on: number, all: number): string;
  readonly madePicture: string;
  readonly between: string;
  readonly rangeHere: string;

  dOnReal(count: number): string;
  readonly noiseOnDigits: string;

  dOnFake(count: number): string;
  fakePicture(number: number, probability: string): string;
  fakeNumber(number: number): string;
  readonly slopesName: string;
  readonly slopesLabel: string;
  /** "More ink here makes it look", "more real", "more fake". */
  readonly slopes: readonly [string, string, string];
  readonly pullOfG: string;
  readonly pullOfD: string;
  readonly pullCut: string;
  readonly pullSum: string;
  readonly pullsLabel: string;
  readonly dOutput: string;
  gradientPath(detached: boolean): string;
  readonly nothingCancelled: string;
  /** Share of lossG's pull that is cancelled: 1 is all, more than 1 reverses it. */
  cancelled(share: number): string;

  readonly curvesTitle: string;
  readonly curvesLabel: string;
  readonly curvesAxis: string;
  readonly ifReal: string;
  readonly ifFake: string;
  readonly ofThisBatch: string;
  meanOf(count: number): string;
  computedByCore(loss: string): string;

  readonly learningRate: string;
  readonly gradientNorm: string;
  readonly afterUpdateOfD: string;
  readonly afterUpdateOfG: string;
  readonly targetOne: string;
  readonly targetZero: string;
  readonly lowerIsBetter: string;
  readonly targetOfG: string;
  readonly inkMoved: string;
  largestChange(value: string): string;

  readonly stations: string;
  readonly experiments: string;
  readonly previous: string;
  readonly next: string;
  readonly tryThis: string;
  readonly code: string;
  readonly codeNote: string;
  trained(step: string): string;
  trainMore(steps: string): string;
  readonly fromStart: string;
  readonly untrained: string;
  readonly preparing: string;
  readonly failed: string;

  readonly stop: string;
  readonly again: string;
  progress(done: string, all: string): string;
  readonly whatHappened: string;
  guessed(guess: string): string;
  readonly samples: string;
  readonly figures: Readonly<Record<FigureName, string>>;
  readonly runFailed: string;
}

export interface LessonTexts {
  readonly labels: Labels;
  readonly stations: Readonly<Record<Station, StationText>>;
  readonly experiments: Readonly<Record<ExperimentName, ExperimentText>>;
}
