// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The script's data and output: MNIST's files or a saved set of pictures and a grid of images, or points in
// the plane (src/data/distributions.cpp) and a table of points.

import type { Config } from "../engine/types";
import { classesIn } from "./networks";
import { indent, printTuple } from "./python";

export const ALL_DIGITS = 60_000;
/** Same default as the `ganvas` command. */
const POINTS = 20_000;

/** Number of training examples; null for the whole of MNIST. */
export function examplesOf(config: Config): number | null {
  const { data, examples } = config;
  if (data !== "images") return examples > 0 ? examples : POINTS;
  return examples > 0 && (isOwn(config) || examples < ALL_DIGITS) ? examples : null;
}

/** Whether it learns the user's own pictures. */
export function isOwn({ pictures }: Config): boolean {
  return pictures !== undefined && pictures !== "";
}

/**
 * Functions that load the samples and save the generated ones, one block of lines each.
 * @param drawn points drawn by hand, encoded as in the link; used for data "drawn" only
 */
export function writeData(config: Config, drawn: string): string[][] {
  if (config.data !== "images") return [drawPoints(config.data, drawn), ENDLESS];
  const load = isOwn(config) ? [loadPictures(config)] : [READ_IDX, loadDigits(config)];
  return [...load, ENDLESS, saveGrid(config)];
}

const READ_IDX = [
  "def read_idx(path):",
  ...indent([
    '"""Reads a gzipped IDX file into a tensor of the shape in its header."""',
    "data = gzip.decompress(path.read_bytes())",
    'shape = struct.unpack_from(f">{data[3]}I", data, offset=4)',
    "start = 4 + 4 * len(shape)",
    "return torch.frombuffer(bytearray(data), dtype=torch.uint8, offset=start).reshape(shape)",
  ]),
];

/** The first pictures, as the networks take them. */
function examplesAs(config: Config): { shape: string; some: string; images: string } {
  const shape = printTuple(["n", ...config.sample_shape]);
  const size = ["-1", ...config.sample_shape].join(", ");
  const some = examplesOf(config) === null ? "" : "[:examples]";
  return { shape, some, images: `images${some}.reshape(${size}).to(device)` };
}

const NORMALIZE = "images = (images - 0.5) / 0.5  # Normalize((0.5,), (0.5,))";

function loadPictures(config: Config): string[] {
  const labelled = classesIn(config).real;
  const { shape, some, images } = examplesAs(config);
  return [
    "def load_pictures(path):",
    ...indent([
      `"""The pictures ${shape} in [-1, 1]${labelled ? ", and their labels (n,)" : ""}."""`,
      "data = numpy.load(path)",
      'images = torch.from_numpy(data["images"])',
      `images = ${images} / 255  # ToTensor()`,
      NORMALIZE,
      ...(labelled
        ? [
            `labels = torch.from_numpy(data["labels"])${some}.long().to(device)`,
            "return images, labels",
          ]
        : ["return images"]),
    ]),
  ];
}

function loadDigits(config: Config): string[] {
  const labelled = classesIn(config).real;
  const { shape, some, images } = examplesAs(config);
  return [
    "def load_digits(folder):",
    ...indent([
      `"""MNIST's training digits ${shape} in [-1, 1]${labelled ? ", and their labels (n,)" : ""}."""`,
      'if (folder / "train-images-idx3-ubyte.gz").exists():',
      '    images = read_idx(folder / "train-images-idx3-ubyte.gz")',
      ...(labelled ? ['    labels = read_idx(folder / "train-labels-idx1-ubyte.gz")'] : []),
      "else:",
      "    from torchvision.datasets import MNIST",
      "",
      "    mnist = MNIST(folder, download=True)",
      labelled ? "    images, labels = mnist.data, mnist.targets" : "    images = mnist.data",
      `images = ${images} / 255  # ToTensor()`,
      NORMALIZE,
      labelled ? `return images, labels${some}.long().to(device)` : "return images",
    ]),
  ];
}

const ENDLESS = [
  "def endless(loader):",
  ...indent(['"""Yields batches forever, in a new order every epoch."""', "while True:"]),
  "        yield from loader",
];

function saveGrid({ sample_shape }: Config): string[] {
  // A row of 784 is of a grey picture.
  const [channels = 1, side = 28] = sample_shape.length === 3 ? sample_shape : [];
  const [kind, type] = channels === 3 ? ["colour", 2] : ["grey", 0];
  const rows =
    channels === 3
      ? [
          `grid = images.reshape(n, n, 3, ${side}, ${side}).permute(0, 3, 1, 4, 2)`,
          `grid = grid.reshape(n * ${side}, n * ${side} * 3)`,
        ]
      : [
          `grid = images.reshape(n, n, ${side}, ${side}).transpose(1, 2).reshape(n * ${side}, n * ${side})`,
        ];
  return [
    "def save_grid(images, path):",
    ...indent([
      `"""Writes n * n images in [-1, 1] as a ${kind} PNG, without other libraries."""`,
      "n = round(len(images) ** 0.5)",
      ...rows,
      "pixels = ((grid.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)",
      'rows = b"".join(b"\\0" + bytes(row) for row in pixels.tolist())',
      `header = struct.pack(">2I5B", n * ${side}, n * ${side}, 8, ${type}, 0, 0, 0)`,
      'png = b"\\x89PNG\\r\\n\\x1a\\n"',
      'for kind, data in (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""):',
      "    checksum = zlib.crc32(kind + data)",
      '    png += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)',
      "path.write_bytes(png)",
    ]),
  ];
}

function drawPoints(data: Exclude<Config["data"], "images">, drawn: string): string[] {
  const { description, lines } = distribution(data, drawn);
  return [
    "def draw_points():",
    ...indent([`"""${description}, (examples, 2)."""`, ...lines.slice(0, -1)]),
    ...indent([`points = ${lines.at(-1)}`, "return points.to(device)"]),
  ];
}

function distribution(
  data: Exclude<Config["data"], "images">,
  drawn: string,
): { description: string; lines: readonly string[] } {
  const direction = "torch.cat([angle.cos(), angle.sin()], dim=1)";
  switch (data) {
    case "line":
      return {
        description: "Points along a line",
        lines: [
          "t = 1.6 * torch.rand(examples, 1) - 0.8",
          "torch.cat([t, 0.5 * t], dim=1) + 0.02 * torch.randn(examples, 2)",
        ],
      };
    case "ring":
      return {
        description: "Points of eight Gaussians on a circle",
        lines: [
          "angle = 2 * torch.pi * torch.randint(8, (examples, 1)) / 8",
          `centre = 0.7 * ${direction}`,
          "centre + 0.04 * torch.randn(examples, 2)",
        ],
      };
    case "discs":
      return {
        description: "Points of two uniform discs",
        lines: [
          "side = 2 * torch.randint(2, (examples, 1)) - 1",
          "radius = 0.3 * torch.rand(examples, 1).sqrt()",
          "angle = 2 * torch.pi * torch.rand(examples, 1)",
          `side * torch.tensor([0.5, 0.3]) + radius * ${direction}`,
        ],
      };
    case "spiral":
      return {
        description: "Points along the two arms of a spiral",
        lines: [
          "along = torch.rand(examples, 1).sqrt()",
          "angle = 2 * torch.pi * (along + torch.randint(2, (examples, 1)) / 2)",
          `arms = 0.85 * along * ${direction}`,
          "arms + 0.015 * torch.randn(examples, 2)",
        ],
      };
    case "swiss_roll":
      return {
        description: "Points along a roll of one turn and a half",
        lines: [
          "turns = 0.75 + 1.5 * torch.rand(examples, 1).sqrt()",
          "angle = 2 * torch.pi * turns",
          `roll = 0.85 / 2.25 * turns * ${direction}`,
          "roll + 0.02 * torch.randn(examples, 2)",
        ],
      };
    case "drawn":
      return {
        description: "Points scattered around the drawn ones",
        lines: [
          `text = "${drawn}"  # as in the link: one byte each for x and y`,
          'data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))',
          "drawn = torch.tensor(list(data)).reshape(-1, 2) / 127.5 - 1",
          "centre = drawn[torch.arange(examples) % len(drawn)]",
          "centre + 0.04 * (torch.rand(examples, 2) - torch.rand(examples, 2))",
        ],
      };
  }
}
