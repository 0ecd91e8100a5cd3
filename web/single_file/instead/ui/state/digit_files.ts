// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The digits of the page as one file. They arrived with the code, so there is no download to compare with sums.

type DigitFiles = typeof import("../../../../ui/state/digit_files");

export const trainingFiles: DigitFiles["trainingFiles"] = (examples, assetUrl) => ({
  imagesUrl: assetUrl("mnist/train-images.idx"),
  labelsUrl: assetUrl("mnist/train-labels.idx"),
  examples,
});

/** Only those that Explore shows. */
export const unseenFiles: DigitFiles["unseenFiles"] = (examples, assetUrl) => ({
  imagesUrl: assetUrl("mnist/t10k-images.idx"),
  labelsUrl: assetUrl("mnist/t10k-labels.idx"),
  examples,
});
