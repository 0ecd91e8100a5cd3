// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's pictures as a fitted set: what is read, and what comes of it.

/**
 * A file as a folder or a ZIP names it: "cats/a.png". Or pixels that the page has drawn itself, under a
 * name of their own.
 */
export type PictureFile =
  | { readonly path: string; readonly blob: Blob }
  | ({ readonly path: string } & Pixels);

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** The sides that pictures can be fitted to. */
export const PICTURE_SIDES = [16, 28, 32, 48, 64] as const;

/** How pictures are fitted; as the command's options. */
export interface ReadingOptions {
  /** Default: the arrays' own if it is one of these, else 32. */
  readonly side?: (typeof PICTURE_SIDES)[number];
  /** Default: colour if any picture has some. */
  readonly colour?: boolean;
  /** Default: the central square. */
  readonly pad?: boolean;
  readonly invert?: boolean;
  /** Exchanges rows and columns of arrays, as EMNIST needs. */
  readonly transpose?: boolean;
  /** What shows through transparent pixels. Default: white. */
  readonly ground?: readonly [number, number, number];
}

/** Fitted pictures: what a run learns from. */
export interface PictureSet {
  /** 16 hexadecimal digits of shape, labels and pixels, the same in the page and in the command. */
  readonly id: string;
  readonly channels: 1 | 3;
  readonly side: number;
  /** (count, channels, side, side), 0 to 255 */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** (count), or empty without classes */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** 0, or 2 to 100 */
  readonly classes: number;
  /** One each, or empty if numbers name them. */
  readonly classNames: readonly string[];
}

/** As the core's enum, src/pictures/left_out.h. */
export type LeftOutReason =
  /** Of a set that is split into training and test. */
  | "other_part"
  /** Not in one of the folders that are classes. */
  | "beside_classes"
  /** The extension is no picture's. */
  | "no_picture_name"
  /** Nor are the contents. */
  | "no_picture"
  /** A picture of a kind that is not read here. */
  | "kind_not_read"
  | "empty"
  | "damaged"
  /** More than 64 MB. */
  | "too_large"
  /** More than 50 megapixels. */
  | "too_many_pixels"
  /** JPEG in CMYK. */
  | "four_colours"
  | "encrypted"
  /** The file, or its entry in a ZIP. */
  | "unreadable";

/** As the core's enum, src/pictures/picture_reader.h. */
export type ReadingNote =
  /** EMNIST is stored on its side, and was not transposed. */
  | "emnist_transposed"
  /** CIFAR-100's, not its 20 coarse ones. */
  | "fine_classes"
  /** An archive has arrays that were not taken; see Reading.arrays. */
  | "arrays_chosen";

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** The first three. */
  readonly examples: readonly string[];
}

export interface Reading {
  readonly set: PictureSet;
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly ReadingNote[];
  /** Of an archive, with the note arrays_chosen: what was taken. Labels are "" without classes. */
  readonly arrays?: {
    readonly pictures: string;
    readonly labels: string;
    readonly unused: readonly string[];
  };
}
