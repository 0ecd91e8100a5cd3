// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Films with known greys, and the files that they are saved in, read without the page that wrote them.

import type { Browser } from "@playwright/test";
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from "mediabunny";

/** The ends of the grey scale, those that a wrong range turns into black and white, and some between. */
export const GREYS = [8, 247, 16, 235, 0, 128, 255, 64];
/** Samples in a row of the grid. */
export const SIDE = 4;
const FRAMES = 12;
/** How long the page shows a picture, and how often it repeats the last one. */
const FRAME_S = 0.09;
const REPEATS = 28;

/** Grey of a sample in a frame; all change with each frame. */
export function greyOf(sample: number, frame: number): number {
  return GREYS[(sample + 3 * frame) % GREYS.length] ?? 0;
}

/** One grey per sample, (FRAMES, SIDE * SIDE). */
export const FLAT_FILM = Array.from({ length: FRAMES }, (_, frame) =>
  Array.from({ length: SIDE * SIDE }, (_, sample) => greyOf(sample, frame)),
);

interface FilmStrip extends HTMLElement {
  readonly controller: {
    readonly training: {
      readonly film: { clear(): void; offer(step: number, values: Float32Array): void };
    };
  };
}

/** Runs in the page: replaces the film of its run by flat samples, in greys from black to white. */
export function replaceFilm(strip: Element, frames: readonly (readonly number[])[]): void {
  const { style, controller } = strip as FilmStrip;
  style.setProperty("--pixel-off", "#000000");
  style.setProperty("--pixel-on", "#ffffff");
  const { film } = controller.training;
  film.clear();
  for (const [step, greys] of frames.entries()) {
    const values = greys.flatMap((grey) => new Array<number>(784).fill(grey / 127.5 - 1));
    film.offer(step, Float32Array.from(values));
  }
}

export interface Packet {
  readonly timestamp: number;
  readonly duration: number;
}

/** What a demuxer reads. */
export async function packetsOf(bytes: Uint8Array): Promise<{
  readonly packets: readonly Packet[];
  readonly size: readonly [number, number];
  readonly codec: string | null;
}> {
  const source = new BufferSource(bytes);
  const track = await new Input({ source, formats: ALL_FORMATS }).getPrimaryVideoTrack();
  if (track === null) throw new Error("The file has no video.");
  const packets: Packet[] = [];
  for await (const { timestamp, duration } of new EncodedPacketSink(track).packets()) {
    packets.push({ timestamp, duration });
  }
  return {
    packets,
    size: [track.displayWidth, track.displayHeight],
    codec: await track.getCodecParameterString(),
  };
}

/** The times of FLAT_FILM's frames, in seconds. */
export const TIMES = Array.from({ length: FRAMES - 1 + REPEATS }, (_, at) => at * FRAME_S);

/** RGB in the middle of each sample at the middle of each of FLAT_FILM's frames, and the video's length. */
export async function decodeAlone(
  browser: Browser,
  bytes: Uint8Array,
  type: string,
): Promise<{ readonly frames: readonly (readonly number[][])[]; readonly seconds: number }> {
  const page = await browser.newPage();
  const source = `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
  const times = TIMES.slice(0, FRAMES).map((time) => time + FRAME_S / 2);
  try {
    return await page.evaluate(decode, { source, times, side: SIDE });
  } finally {
    await page.close();
  }
}

async function decode({
  source,
  times,
  side,
}: {
  readonly source: string;
  readonly times: readonly number[];
  readonly side: number;
}): Promise<{ frames: number[][][]; seconds: number }> {
  const video = document.createElement("video");
  const event = (name: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener("error", () => reject(new Error(video.error?.message)));
    });
  /** A video tells that it has sought before the frame is where a canvas takes it from. */
  const shown = (): Promise<unknown> =>
    new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  video.muted = true;
  video.src = source;
  document.body.append(video);
  await event("loadeddata");
  const { videoWidth: width, videoHeight: height } = video;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("There is no canvas.");
  const frames: number[][][] = [];
  for (const time of times) {
    const sought = Promise.all([event("seeked"), shown()]);
    video.currentTime = time;
    await sought;
    context.drawImage(video, 0, 0);
    frames.push(
      Array.from({ length: side * side }, (_, sample) => {
        const x = Math.floor(((sample % side) + 0.5) * (width / side));
        const y = Math.floor((Math.floor(sample / side) + 0.5) * (height / side));
        return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
      }),
    );
  }
  return { frames, seconds: video.duration };
}
