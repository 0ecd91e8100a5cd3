// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The film as a video file, whose colours are stated both by the file and by the stream.

import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import type { Frames, Work } from "./film_frames";
import { FRAME_MS } from "./film_times";
import { encodeFrames, type Video } from "./video_encoder";
import { COLOR_SPACE } from "./video_planes";

const FORMATS = { mp4: Mp4OutputFormat, webm: WebMOutputFormat } as const;

/** @throws AbortError, or the encoder's error */
export async function encodeVideo(
  { name, codec }: Video,
  frames: Frames,
  work: Work,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ format: new FORMATS[name](), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { frameRate: 1000 / FRAME_MS });
  await output.start();
  let written = Promise.resolve();
  const onChunk = (
    chunk: EncodedVideoChunk,
    metadata: EncodedVideoChunkMetadata | undefined,
  ): void => {
    const packet = EncodedPacket.fromEncodedChunk(chunk);
    written = written.then(() => source.add(packet, withColor(metadata)));
    written.catch(() => {});
  };
  try {
    await encodeFrames(codec, frames, { ...work, onChunk });
    await written;
    await output.finalize();
  } catch (thrown) {
    await output.cancel();
    throw thrown;
  }
  if (target.buffer === null) throw new Error("The video is empty.");
  return new Uint8Array(target.buffer);
}

/** Browsers state the colours of their own frames, or none. */
function withColor(
  metadata: EncodedVideoChunkMetadata | undefined,
): EncodedVideoChunkMetadata | undefined {
  const config = metadata?.decoderConfig;
  if (config === undefined) return metadata;
  return { ...metadata, decoderConfig: { ...config, colorSpace: COLOR_SPACE } };
}
