// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of the step diagram in CSS pixels: from noise on the left to the losses on the right, or
// from top to bottom on a narrow page. Data arrows go forward, gradient arrows back.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const NODES = [
  "noise",
  "generator",
  "fake",
  "data",
  "real",
  "discriminator",
  "scores",
  "lossG",
  "lossD",
] as const;
export type Node = (typeof NODES)[number];

/** What each edge carries: samples or numbers forward, gradients back. */
const CARRIES = {
  "noise-generator": "noise",
  "generator-fake": "generated",
  "data-real": "real",
  "fake-discriminator": "generated",
  "real-discriminator": "real",
  "discriminator-scores": "numbers",
  "scores-lossG": "numbers",
  "scores-lossD": "numbers",
  "lossD-discriminator": "gradient",
  "lossG-discriminator": "gradient",
  "discriminator-generator": "gradient",
} as const;
export type EdgeName = keyof typeof CARRIES;

export interface Edge {
  readonly name: EdgeName;
  readonly carries: (typeof CARRIES)[EdgeName];
  /** SVG path data. */
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<Node, Box>>;
  readonly edges: readonly Edge[];
  /** Rows and columns of thumbnails. */
  readonly columns: number;
  readonly rows: number;
}

/** Space for frames and captions beyond the outermost boxes. */
const MARGIN = 4;
const WIDE_FROM = 860;
const NARROW_MAX = 460;
/** Gap between an arrow's tip and its target. */
const TIP = 3;

export function layOut(width: number): Layout {
  const { paths, ...layout } = width >= WIDE_FROM ? wide(width) : narrow(width);
  const names = Object.keys(CARRIES) as EdgeName[];
  return {
    ...layout,
    edges: names.map((name) => ({ name, carries: CARRIES[name], path: paths[name] })),
  };
}

type Drawn = Omit<Layout, "edges"> & { readonly paths: Readonly<Record<EdgeName, string>> };

function wide(width: number): Drawn {
  const height = 182;
  const [noise, block, scores, loss] = [76, 136, 152, 88];
  const taken = noise + 2 * block + scores + loss;
  const columns = width >= 1040 ? 8 : width >= 940 ? 6 : 5;
  const thumbs = gridSize(columns, 2, columns === 8 ? 25 : 24);
  const gap = Math.min((width - 2 * MARGIN - taken - thumbs.width) / 5, 74);
  // Offset by half a pixel, so that 1-pixel lines are sharp.
  const [fakeY, realY] = [57.5, 137.5];
  const middle = (fakeY + realY) / 2;
  let x = (width - taken - thumbs.width - 5 * gap) / 2;
  const next = (boxWidth: number): number => {
    const left = x;
    x += boxWidth + gap;
    return left;
  };
  const at = (left: number, centre: number, w: number, h: number): Box => ({
    x: left,
    y: centre - h / 2,
    width: w,
    height: h,
  });
  const noiseX = next(noise);
  const blockX = next(block);
  const thumbsX = next(thumbs.width);
  const discX = next(block);
  const scoresX = next(scores);
  const lossX = next(loss);
  const boxes = {
    noise: at(noiseX, fakeY, noise, 50),
    generator: at(blockX, fakeY, block, 56),
    fake: at(thumbsX, fakeY, thumbs.width, thumbs.height),
    data: at(blockX, realY, block, 40),
    real: at(thumbsX, realY, thumbs.width, thumbs.height),
    discriminator: at(discX, middle, block, 64),
    scores: at(scoresX, middle, scores, 88),
    lossG: at(lossX, middle - 32, loss, 46),
    lossD: at(lossX, middle + 32, loss, 46),
  };
  const { generator, discriminator, lossG, lossD } = boxes;
  const [top, bottom] = [2.5, height - 3.5];
  const disc = centre(discriminator);
  const across = (from: Box, to: Box, fromY: number, toY: number): string => {
    const [start, end] = [right(from) + TIP, to.x - TIP];
    const half = (start + end) / 2;
    return fromY === toY
      ? `M${start} ${fromY}H${end}`
      : `M${start} ${fromY}C${half} ${fromY} ${half} ${toY} ${end} ${toY}`;
  };
  const paths = {
    "noise-generator": across(boxes.noise, generator, fakeY, fakeY),
    "generator-fake": across(generator, boxes.fake, fakeY, fakeY),
    "data-real": across(boxes.data, boxes.real, realY, realY),
    "fake-discriminator": across(boxes.fake, discriminator, fakeY, disc.y - 12),
    "real-discriminator": across(boxes.real, discriminator, realY, disc.y + 12),
    "discriminator-scores": across(discriminator, boxes.scores, middle, middle),
    "scores-lossG": across(boxes.scores, lossG, middle, centre(lossG).y),
    "scores-lossD": across(boxes.scores, lossD, middle, centre(lossD).y),
    "lossD-discriminator": bend(
      centre(lossD).x,
      below(lossD) + TIP,
      bottom,
      disc.x,
      below(discriminator) + TIP,
    ),
    "lossG-discriminator": bend(
      centre(lossG).x,
      lossG.y - TIP,
      top,
      disc.x + 22,
      discriminator.y - TIP,
    ),
    "discriminator-generator": bend(
      disc.x - 22,
      discriminator.y - TIP,
      top,
      centre(generator).x,
      generator.y - TIP,
    ),
  };
  return { width, height, boxes, paths, columns, rows: 2 };
}

function narrow(width: number): Drawn {
  const inner = Math.min(width, NARROW_MAX);
  const origin = (width - inner) / 2;
  const [margin, between, columns] = [16, 24, 4];
  const column = (inner - 2 * margin - between) / 2;
  const thumbs = gridSize(columns, 2, Math.floor((column - 2 * (columns - 1)) / columns));
  const leftX = origin + margin;
  const rightX = origin + inner - margin - column;
  const [leftMiddle, rightMiddle] = [leftX + column / 2, rightX + column / 2].map(crisp) as [
    number,
    number,
  ];
  const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, width: w, height: h });
  const thumbsY = 164;
  const discY = thumbsY + thumbs.height + 34;
  const discWidth = 152;
  const scoresY = discY + 54 + 22;
  const lossY = scoresY + 84 + 18;
  const lossHeight = 46;
  const middle = crisp(origin + inner / 2);
  const boxes = {
    noise: box(leftX, 24, column, 30),
    generator: box(leftX, 76, column, 50),
    fake: box(leftMiddle - thumbs.width / 2, thumbsY, thumbs.width, thumbs.height),
    data: box(rightX, 81, column, 40),
    real: box(rightMiddle - thumbs.width / 2, thumbsY, thumbs.width, thumbs.height),
    discriminator: box(middle - discWidth / 2, discY, discWidth, 54),
    scores: box(leftX + 8, scoresY, inner - 2 * margin - 16, 84),
    lossG: box(leftX + 8, lossY, 104, lossHeight),
    lossD: box(origin + inner - margin - 112, lossY, 104, lossHeight),
  };
  const { generator, discriminator, scores, lossG, lossD } = boxes;
  const down = (x: number, from: number, to: number): string => `M${x} ${from}V${to}`;
  const slope = (x: number, from: number, toX: number, to: number): string => {
    const half = (from + to) / 2;
    return `M${x} ${from}C${x} ${half} ${toX} ${half} ${toX} ${to}`;
  };
  const [farLeft, farRight] = [crisp(origin + 3), crisp(origin + inner - 4)];
  const disc = centre(discriminator);
  const paths = {
    "noise-generator": down(leftMiddle, below(boxes.noise) + TIP, generator.y - TIP),
    "generator-fake": down(leftMiddle, below(generator) + TIP, thumbsY - 18),
    "data-real": down(rightMiddle, below(boxes.data) + TIP, thumbsY - 18),
    "fake-discriminator": slope(leftMiddle, below(boxes.fake) + TIP, disc.x - 30, discY - TIP),
    "real-discriminator": slope(rightMiddle, below(boxes.real) + TIP, disc.x + 30, discY - TIP),
    "discriminator-scores": down(middle, below(discriminator) + TIP, scoresY - TIP),
    "scores-lossG": down(crisp(centre(lossG).x), below(scores) + TIP, lossY - TIP),
    "scores-lossD": down(crisp(centre(lossD).x), below(scores) + TIP, lossY - TIP),
    "lossD-discriminator": side(
      right(lossD) + TIP,
      centre(lossD).y,
      farRight,
      disc.y,
      right(discriminator) + TIP,
    ),
    "lossG-discriminator": side(
      lossG.x - TIP,
      centre(lossG).y,
      farLeft,
      disc.y + 10,
      discriminator.x - TIP,
    ),
    "discriminator-generator": side(
      discriminator.x - TIP,
      disc.y - 10,
      farLeft,
      centre(generator).y,
      generator.x - TIP,
    ),
  };
  return { width, height: lossY + lossHeight + 4, boxes, paths, columns, rows: 2 };
}

/** Size of a grid of thumbnails with 2-pixel gaps. */
function gridSize(columns: number, rows: number, side: number): { width: number; height: number } {
  return { width: columns * (side + 2) - 2, height: rows * (side + 2) - 2 };
}

const right = (box: Box): number => box.x + box.width;
const below = (box: Box): number => box.y + box.height;
const centre = (box: Box): { x: number; y: number } => ({
  x: crisp(box.x + box.width / 2),
  y: box.y + box.height / 2,
});
const crisp = (at: number): number => Math.floor(at) + 0.5;

const RADIUS = 8;

/** Vertical to a level, left along it, and vertical to the target, with round corners. */
function bend(fromX: number, fromY: number, level: number, toX: number, toY: number): string {
  const sign = Math.sign(level - fromY);
  const r = Math.min(RADIUS, Math.abs(level - fromY), Math.abs(level - toY));
  return (
    `M${fromX} ${fromY}V${level - sign * r}Q${fromX} ${level} ${fromX - r} ${level}` +
    `H${toX + r}Q${toX} ${level} ${toX} ${level - sign * r}V${toY}`
  );
}

/** Horizontal to a level, up along it, and horizontal to the target, with round corners. */
function side(fromX: number, fromY: number, level: number, toY: number, toX: number): string {
  const sign = Math.sign(level - fromX);
  const r = Math.min(RADIUS, Math.abs(level - fromX), Math.abs(level - toX));
  return (
    `M${fromX} ${fromY}H${level - sign * r}Q${level} ${fromY} ${level} ${fromY - r}` +
    `V${toY + r}Q${level} ${toY} ${level - sign * r} ${toY}H${toX}`
  );
}
