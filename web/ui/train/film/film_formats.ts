// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The formats in which a film or one picture of it can be saved: which of them this browser can write,
// and how. The code of each is loaded on first use.

import { importPart } from "../../../engine/parts";
import type { Snapshot } from "../../state/film";
import { framesOf, type Look, type Work } from "./film_frames";
import type { Origin } from "./film_picture";
import type { Video } from "./video_encoder";
import { findVideos, writeVideo } from "./videos";

export type Format =
  | Video
  | { readonly name: "gif" }
  | { readonly name: "png"; readonly snapshot: Snapshot };

const TYPES: Readonly<Record<Format["name"], string>> = {
  mp4: "video/mp4",
  webm: "video/webm",
  gif: "image/gif",
  png: "image/png",
};
/** GIF stores pictures almost whole, so it has fewer pixels and greys. */
const SHARP = { greys: 256, leastWidth: 640 };
const SMALL = { greys: 64, leastWidth: 400 };

/** What there is to save. */
export interface Source {
  readonly snapshots: readonly Snapshot[];
  /** The picture on the page; null if there is none. */
  readonly shown: Snapshot | null;
  readonly look: Look;
  readonly origin: Origin;
}

/** What this browser can write, the most useful first. */
export async function findFormats({ snapshots, shown, look }: Source): Promise<Format[]> {
  const frames = framesOf(snapshots, { ...look, ...SHARP });
  const formats: Format[] = [...(await findVideos(frames)), { name: "gif" }];
  if (shown !== null) formats.push({ name: "png", snapshot: shown });
  return formats;
}

/** @throws GanvasError if code does not come, AbortError, or an encoder's error */
export async function encodeFilm(format: Format, source: Source, work: Work): Promise<Blob> {
  return new Blob([await encode(format, source, work)], { type: TYPES[format.name] });
}

async function encode(
  format: Format,
  { snapshots, look, origin }: Source,
  work: Work,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (format.name) {
    case "mp4":
    case "webm":
      return writeVideo(format, framesOf(snapshots, { ...look, ...SHARP }), work);
    case "gif": {
      const { encodeGif } = await importPart(() => import("./film_gif"));
      return encodeGif(framesOf(snapshots, { ...look, ...SMALL }), work);
    }
    case "png": {
      const { encodePicture } = await importPart(() => import("./film_picture"));
      return encodePicture(framesOf([format.snapshot], { ...look, ...SHARP }), origin);
    }
  }
}
