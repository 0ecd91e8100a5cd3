// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page as one file saves the film as a GIF: what writes videos would take 47 KB of its 1.5 MB.

type Videos = typeof import("../../../../../ui/train/film/videos");

export const findVideos: Videos["findVideos"] = async () => [];

export const writeVideo: Videos["writeVideo"] = async () => {
  throw new Error("This page writes no videos.");
};
