// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The kinds of video that this browser can write, and how; the code that writes files is loaded on first
// use.

import { importPart } from "../../../engine/parts";
import type { Frames, Work } from "./film_frames";
import { canEncode, type Video } from "./video_encoder";

/** Codecs by container, the best first. */
const CODECS = [
  ["mp4", ["avc"]],
  ["webm", ["vp9", "vp8"]],
] as const;

/** The most useful first. */
export async function findVideos(frames: Frames): Promise<readonly Video[]> {
  const videos: Video[] = [];
  for (const [name, codecs] of CODECS) {
    for (const codec of codecs) {
      if (videos.some((found) => found.name === name)) continue;
      if (await canEncode(codec, frames)) videos.push({ name, codec });
    }
  }
  return videos;
}

/** @throws GanvasError if code does not come, AbortError, or the encoder's error */
export async function writeVideo(
  video: Video,
  frames: Frames,
  work: Work,
): Promise<Uint8Array<ArrayBuffer>> {
  const { encodeVideo } = await importPart(() => import("./film_video"));
  return encodeVideo(video, frames, work);
}
