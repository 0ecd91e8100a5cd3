// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Python formatting: numbers, tuples, indentation, and calls that are wrapped when too wide.

const MAX_WIDTH = 100;
const INDENT = "    ";

/** Plain or scientific notation, whichever is shorter: 0.25 but 3e-4. */
export function printNumber(value: number): string {
  const plain = String(value);
  const [digits, exponent] = value.toExponential().split("e");
  const scientific = `${digits}e${Number(exponent)}`;
  return Math.abs(value) < 1 && scientific.length < plain.length ? scientific : plain;
}

/** As a float literal, which some arguments require. */
export function printFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : printNumber(value);
}

export function printTuple(values: readonly (number | string)[]): string {
  return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
}

export function indent(lines: readonly string[], levels = 1): string[] {
  return lines.map((line) => (line === "" ? "" : INDENT.repeat(levels) + line));
}

/** A docstring, on two lines if it is too wide for one. */
export function documentation(text: string): string[] {
  const line = `"""${text}"""`;
  if (INDENT.length + line.length <= MAX_WIDTH) return [line];
  const middle = text.lastIndexOf(" ", MAX_WIDTH - INDENT.length - 3);
  return [`"""${text.slice(0, middle)}`, text.slice(middle + 1), '"""'];
}

/** A line with a comment; the comment is left out if it does not fit. */
export function commented(line: string, comment: string): string {
  const both = `${line}  # ${comment}`;
  return comment === "" || both.length > MAX_WIDTH ? line : both;
}

/** `"""text"""` after `head`, broken before names and objects: for JSON whose texts have no commas. */
export function longJson(head: string, json: string): string[] {
  const lines = [`${head}"""`];
  for (const piece of json.split(/(?<=,)(?=["{])/)) {
    const line = `${lines.at(-1)}${piece}`;
    if (line.length > MAX_WIDTH - 3) lines.push(piece);
    else lines[lines.length - 1] = line;
  }
  return [...lines.slice(0, -1), `${lines.at(-1)}"""`];
}

interface CallOptions {
  readonly tail?: string;
  readonly levels?: number;
  readonly brackets?: readonly [open: string, close: string];
}

/** `head(args)tail` at an indentation level, with the arguments on separate lines if too wide. */
export function call(
  head: string,
  args: readonly string[],
  { tail = "", levels = 1, brackets: [open, close] = ["(", ")"] }: CallOptions = {},
): string[] {
  const fits = (line: string): boolean => levels * INDENT.length + line.length <= MAX_WIDTH;
  const all = args.join(", ");
  const line = `${head}${open}${all}${close}${tail}`;
  if (fits(line)) return [line];
  const inside = fits(INDENT + all) ? [all] : args.map((argument) => `${argument},`);
  return [`${head}${open}`, ...indent(inside), `${close}${tail}`];
}
