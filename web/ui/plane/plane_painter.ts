// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Draws the plane on a canvas: D's score of each place, G's bent lattice over it, real and
// generated points, and arrows along D's gradient at the generated ones.

import { parseHex } from "../pixels/grey_scale";
import { cssColor } from "../platform/theme";
import { cellArea, cellCorners, FIELD_SIDE, LATTICE_SIDE, type Point } from "./plane";
import { REACH } from "./reach";

/** Parts that are null are not drawn. */
export interface Scene {
  /** (FIELD_SIDE^2), from -1 (generated) to 1 (real). */
  readonly field: ArrayLike<number> | null;
  /** ((LATTICE_SIDE + 1)^2, 2). */
  readonly lattice: ArrayLike<number> | null;
  /** (n, 2) each. */
  readonly real: ArrayLike<number> | null;
  readonly generated: ArrayLike<number> | null;
  /** Starts of the arrows and gradients there, (n, 2) each. */
  readonly pulled: ArrayLike<number> | null;
  readonly pulls: ArrayLike<number> | null;
  readonly mark: Point | null;
}

/** Maximum opacity of the field, so that points stand out from it. */
const FIELD_STRENGTH = 0.42;
const CELLS = LATTICE_SIDE ** 2;
/** Opacity of a cell whose density equals a uniform spread over [-1, 1]^2. */
const EVEN_OPACITY = 0.07;
const MOST_OPACITY = 0.6;
const OPACITIES = 12;
/** CSS pixels. */
const LONGEST_ARROW = 28;
const ARROW_HEAD = 4;
/** More arrows would hide each other. */
const MOST_ARROWS = 120;
/** Length of the gradient whose arrow is half as long as the longest. */
const MIDDLING_PULL = 1.5;

interface Colors {
  readonly real: string;
  readonly generated: string;
  readonly surface: string;
  readonly ink: string;
}

export class PlanePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #field = document.createElement("canvas");
  #colors: Colors | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#field.width = FIELD_SIDE;
    this.#field.height = FIELD_SIDE;
  }

  /** Call when the theme has changed. */
  forgetColors(): void {
    this.#colors = null;
  }

  /** Makes the canvas a square of device pixels and draws on it. */
  paint(scene: Scene): void {
    const canvas = this.#canvas;
    const context = canvas.getContext("2d");
    // Outside a document there are neither colours nor a width.
    if (context === null || canvas.clientWidth === 0) return;
    const scale = devicePixelRatio;
    const side = Math.round(canvas.getBoundingClientRect().width * scale);
    if (canvas.width !== side) [canvas.width, canvas.height] = [side, side];
    this.#colors ??= {
      real: cssColor(canvas, "--real"),
      generated: cssColor(canvas, "--generated"),
      surface: cssColor(canvas, "--surface"),
      ink: cssColor(canvas, "--ink"),
    };
    const colors = this.#colors;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, side, side);
    if (scene.field !== null) this.#paintField(context, side, scene.field, colors);
    context.scale(scale, scale);
    const draw = new Draw(context, side / scale);
    if (scene.lattice !== null) draw.lattice(scene.lattice, colors.generated);
    const radius = Math.max(1.6, Math.min(2.8, side / scale / 210));
    if (scene.real !== null) draw.points(scene.real, radius, colors.real, colors.surface);
    if (scene.generated !== null) {
      draw.points(scene.generated, radius, colors.generated, colors.surface);
    }
    if (scene.pulled !== null && scene.pulls !== null) {
      draw.arrows(scene.pulled, scene.pulls, colors.ink);
    }
    if (scene.mark !== null) draw.mark(scene.mark, colors.ink, colors.surface);
  }

  #paintField(
    context: CanvasRenderingContext2D,
    side: number,
    field: ArrayLike<number>,
    colors: Colors,
  ): void {
    const small = this.#field.getContext("2d");
    if (small === null) return;
    const image = small.createImageData(FIELD_SIDE, FIELD_SIDE);
    const [real, generated] = [parseHex(colors.real), parseHex(colors.generated)];
    for (let cell = 0; cell < FIELD_SIDE ** 2; cell += 1) {
      const lean = field[cell] ?? 0;
      const opacity = 255 * FIELD_STRENGTH * Math.min(1, Math.abs(lean));
      image.data.set([...(lean > 0 ? real : generated), opacity], 4 * cell);
    }
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.#field, 0, 0, side, side);
  }
}

/** Draws in CSS pixels on a square that shows [-REACH, REACH]^2, y upwards. */
class Draw {
  readonly #context: CanvasRenderingContext2D;
  readonly #half: number;
  readonly #unit: number;

  constructor(context: CanvasRenderingContext2D, side: number) {
    this.#context = context;
    this.#half = side / 2;
    this.#unit = side / 2 / REACH;
  }

  #x(at: number | undefined): number {
    return this.#half + (at ?? 0) * this.#unit;
  }

  #y(at: number | undefined): number {
    return this.#half - (at ?? 0) * this.#unit;
  }

  points(points: ArrayLike<number>, radius: number, color: string, rim: string): void {
    const context = this.#context;
    context.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2) {
      const [x, y] = [this.#x(points[at]), this.#y(points[at + 1])];
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.strokeStyle = rim;
    context.lineWidth = 1;
    context.globalAlpha = 0.7;
    context.stroke();
    context.globalAlpha = 0.85;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
  }

  /** Cells hold equal shares of the noise, so a smaller cell means denser samples. */
  lattice(crossings: ArrayLike<number>, color: string): void {
    const context = this.#context;
    const levels = Array.from({ length: OPACITIES + 1 }, () => new Path2D());
    for (let cell = 0; cell < CELLS; cell += 1) {
      const even = 4 / CELLS;
      const density = even / Math.max(cellArea(crossings, cell), 1e-6);
      const opacity = Math.min(MOST_OPACITY, EVEN_OPACITY * Math.sqrt(density));
      const path = levels[Math.round((opacity / MOST_OPACITY) * OPACITIES)];
      const [a, b, c, d] = cellCorners(cell).map((corner) => 2 * corner) as [
        number,
        number,
        number,
        number,
      ];
      path?.moveTo(this.#x(crossings[a]), this.#y(crossings[a + 1]));
      for (const corner of [b, c, d]) {
        path?.lineTo(this.#x(crossings[corner]), this.#y(crossings[corner + 1]));
      }
      path?.closePath();
    }
    context.fillStyle = color;
    context.strokeStyle = color;
    context.lineWidth = 0.75;
    context.lineJoin = "round";
    for (const [level, path] of levels.entries()) {
      const opacity = (MOST_OPACITY * level) / OPACITIES;
      context.globalAlpha = opacity;
      context.fill(path, "nonzero");
      context.globalAlpha = Math.min(1, 0.18 + opacity / 2);
      context.stroke(path);
    }
    context.globalAlpha = 1;
  }

  arrows(from: ArrayLike<number>, pulls: ArrayLike<number>, color: string): void {
    const context = this.#context;
    context.beginPath();
    for (let at = 0; at < Math.min(from.length, 2 * MOST_ARROWS); at += 2) {
      const [gx, gy] = [pulls[at] ?? 0, -(pulls[at + 1] ?? 0)];
      const pull = Math.hypot(gx, gy);
      const length = (LONGEST_ARROW * pull) / (pull + MIDDLING_PULL);
      if (!(length > 1)) continue;
      const [ux, uy] = [gx / pull, gy / pull];
      const [x, y] = [this.#x(from[at]), this.#y(from[at + 1])];
      const [tipX, tipY] = [x + ux * length, y + uy * length];
      const head = Math.min(ARROW_HEAD, length / 2);
      context.moveTo(x, y);
      context.lineTo(tipX, tipY);
      context.moveTo(tipX - head * (ux + 0.6 * uy), tipY - head * (uy - 0.6 * ux));
      context.lineTo(tipX, tipY);
      context.lineTo(tipX - head * (ux - 0.6 * uy), tipY - head * (uy + 0.6 * ux));
    }
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.globalAlpha = 0.55;
    context.stroke();
    context.globalAlpha = 1;
  }

  mark({ x, y }: Point, color: string, rim: string): void {
    const context = this.#context;
    for (const [style, width] of [
      [rim, 4.5],
      [color, 2],
    ] as const) {
      context.beginPath();
      context.arc(this.#x(x), this.#y(y), 7, 0, 2 * Math.PI);
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  }
}
