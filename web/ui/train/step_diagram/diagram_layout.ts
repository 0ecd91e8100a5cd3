// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where everything in the drawing of a GAN's step stands, in CSS pixels: from noise on the left to
// the losses on the right, or on a narrow page from top to bottom. Arrows of data lead forth, those
// of gradients back.

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
  "opinions",
  "lossG",
  "lossD",
] as const;
export type Node = (typeof NODES)[number];

export interface Edge {
  readonly name: string;
  /** What travels along it: samples or numbers forth, gradients back. */
  readonly carries: "noise" | "real" | "generated" | "numbers" | "gradient";
  /** A path as SVG writes it. */
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<Node, Box>>;
  readonly edges: readonly Edge[];
  /** Thumbnails of each kind. */
  readonly columns: number;
  readonly rows: number;
}

/** What frames and captions reach beyond the outermost boxes. */
const MARGIN = 4;
const WIDE_FROM = 860;
const NARROW_MAX = 460;
/** How far an arrow's tip stays from what it points at. */
const TIP = 3;

export function layOut(width: number): Layout {
  return width >= WIDE_FROM ? wide(width) : narrow(width);
}

function wide(width: number): Layout {
  const height = 182;
  const [noise, block, opinions, loss] = [76, 136, 152, 88];
  const taken = noise + 2 * block + opinions + loss;
  const columns = width >= 1040 ? 8 : width >= 940 ? 6 : 5;
  const thumbs = gridSize(columns, 2, columns === 8 ? 25 : 24);
  const gap = Math.min((width - 2 * MARGIN - taken - thumbs.width) / 5, 74);
  // Half a pixel more, so that a line of one pixel is one.
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
  const judgeX = next(block);
  const opinionsX = next(opinions);
  const lossX = next(loss);
  const boxes = {
    noise: at(noiseX, fakeY, noise, 50),
    generator: at(blockX, fakeY, block, 56),
    fake: at(thumbsX, fakeY, thumbs.width, thumbs.height),
    data: at(blockX, realY, block, 40),
    real: at(thumbsX, realY, thumbs.width, thumbs.height),
    discriminator: at(judgeX, middle, block, 64),
    opinions: at(opinionsX, middle, opinions, 88),
    lossG: at(lossX, middle - 32, loss, 46),
    lossD: at(lossX, middle + 32, loss, 46),
  };
  const { generator, discriminator, lossG, lossD } = boxes;
  const [top, bottom] = [2.5, height - 3.5];
  const judge = centre(discriminator);
  const across = (from: Box, to: Box, fromY: number, toY: number): string => {
    const [start, end] = [right(from) + TIP, to.x - TIP];
    const half = (start + end) / 2;
    return fromY === toY
      ? `M${start} ${fromY}H${end}`
      : `M${start} ${fromY}C${half} ${fromY} ${half} ${toY} ${end} ${toY}`;
  };
  const edges: Edge[] = [
    {
      name: "noise-generator",
      carries: "noise",
      path: across(boxes.noise, generator, fakeY, fakeY),
    },
    {
      name: "generator-fake",
      carries: "generated",
      path: across(generator, boxes.fake, fakeY, fakeY),
    },
    { name: "data-real", carries: "real", path: across(boxes.data, boxes.real, realY, realY) },
    {
      name: "fake-discriminator",
      carries: "generated",
      path: across(boxes.fake, discriminator, fakeY, judge.y - 12),
    },
    {
      name: "real-discriminator",
      carries: "real",
      path: across(boxes.real, discriminator, realY, judge.y + 12),
    },
    {
      name: "discriminator-opinions",
      carries: "numbers",
      path: across(discriminator, boxes.opinions, middle, middle),
    },
    {
      name: "opinions-lossG",
      carries: "numbers",
      path: across(boxes.opinions, lossG, middle, centre(lossG).y),
    },
    {
      name: "opinions-lossD",
      carries: "numbers",
      path: across(boxes.opinions, lossD, middle, centre(lossD).y),
    },
    {
      name: "lossD-discriminator",
      carries: "gradient",
      path: bend(centre(lossD).x, below(lossD) + TIP, bottom, judge.x, below(discriminator) + TIP),
    },
    {
      name: "lossG-discriminator",
      carries: "gradient",
      path: bend(centre(lossG).x, lossG.y - TIP, top, judge.x + 22, discriminator.y - TIP),
    },
    {
      name: "discriminator-generator",
      carries: "gradient",
      path: bend(judge.x - 22, discriminator.y - TIP, top, centre(generator).x, generator.y - TIP),
    },
  ];
  return { width, height, boxes, edges, columns, rows: 2 };
}

function narrow(width: number): Layout {
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
  const judgeY = thumbsY + thumbs.height + 34;
  const judgeWidth = 152;
  const opinionsY = judgeY + 54 + 22;
  const lossY = opinionsY + 84 + 18;
  const lossHeight = 46;
  const middle = crisp(origin + inner / 2);
  const boxes = {
    noise: box(leftX, 24, column, 30),
    generator: box(leftX, 76, column, 50),
    fake: box(leftMiddle - thumbs.width / 2, thumbsY, thumbs.width, thumbs.height),
    data: box(rightX, 81, column, 40),
    real: box(rightMiddle - thumbs.width / 2, thumbsY, thumbs.width, thumbs.height),
    discriminator: box(middle - judgeWidth / 2, judgeY, judgeWidth, 54),
    opinions: box(leftX + 8, opinionsY, inner - 2 * margin - 16, 84),
    lossG: box(leftX + 8, lossY, 104, lossHeight),
    lossD: box(origin + inner - margin - 112, lossY, 104, lossHeight),
  };
  const { generator, discriminator, opinions, lossG, lossD } = boxes;
  const down = (x: number, from: number, to: number): string => `M${x} ${from}V${to}`;
  const slope = (x: number, from: number, toX: number, to: number): string => {
    const half = (from + to) / 2;
    return `M${x} ${from}C${x} ${half} ${toX} ${half} ${toX} ${to}`;
  };
  const [farLeft, farRight] = [crisp(origin + 3), crisp(origin + inner - 4)];
  const judge = centre(discriminator);
  const edges: Edge[] = [
    {
      name: "noise-generator",
      carries: "noise",
      path: down(leftMiddle, below(boxes.noise) + TIP, generator.y - TIP),
    },
    {
      name: "generator-fake",
      carries: "generated",
      path: down(leftMiddle, below(generator) + TIP, thumbsY - 18),
    },
    {
      name: "data-real",
      carries: "real",
      path: down(rightMiddle, below(boxes.data) + TIP, thumbsY - 18),
    },
    {
      name: "fake-discriminator",
      carries: "generated",
      path: slope(leftMiddle, below(boxes.fake) + TIP, judge.x - 30, judgeY - TIP),
    },
    {
      name: "real-discriminator",
      carries: "real",
      path: slope(rightMiddle, below(boxes.real) + TIP, judge.x + 30, judgeY - TIP),
    },
    {
      name: "discriminator-opinions",
      carries: "numbers",
      path: down(middle, below(discriminator) + TIP, opinionsY - TIP),
    },
    {
      name: "opinions-lossG",
      carries: "numbers",
      path: down(crisp(centre(lossG).x), below(opinions) + TIP, lossY - TIP),
    },
    {
      name: "opinions-lossD",
      carries: "numbers",
      path: down(crisp(centre(lossD).x), below(opinions) + TIP, lossY - TIP),
    },
    {
      name: "lossD-discriminator",
      carries: "gradient",
      path: side(
        right(lossD) + TIP,
        centre(lossD).y,
        farRight,
        judge.y,
        right(discriminator) + TIP,
      ),
    },
    {
      name: "lossG-discriminator",
      carries: "gradient",
      path: side(lossG.x - TIP, centre(lossG).y, farLeft, judge.y + 10, discriminator.x - TIP),
    },
    {
      name: "discriminator-generator",
      carries: "gradient",
      path: side(
        discriminator.x - TIP,
        judge.y - 10,
        farLeft,
        centre(generator).y,
        generator.x - TIP,
      ),
    },
  ];
  return { width, height: lossY + lossHeight + 4, boxes, edges, columns, rows: 2 };
}

/** Thumbnails of that side, two pixels apart. */
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

/** Up or down to a level, along it to the left, and back: with round corners. */
function bend(fromX: number, fromY: number, level: number, toX: number, toY: number): string {
  const sign = Math.sign(level - fromY);
  const r = Math.min(RADIUS, Math.abs(level - fromY), Math.abs(level - toY));
  return (
    `M${fromX} ${fromY}V${level - sign * r}Q${fromX} ${level} ${fromX - r} ${level}` +
    `H${toX + r}Q${toX} ${level} ${toX} ${level - sign * r}V${toY}`
  );
}

/** Out to a side, up along it, and back in. */
function side(fromX: number, fromY: number, level: number, toY: number, toX: number): string {
  const sign = Math.sign(level - fromX);
  const r = Math.min(RADIUS, Math.abs(level - fromX), Math.abs(level - toX));
  return (
    `M${fromX} ${fromY}H${level - sign * r}Q${level} ${fromY} ${level} ${fromY - r}` +
    `V${toY + r}Q${level} ${toY} ${level - sign * r} ${toY}H${toX}`
  );
}
