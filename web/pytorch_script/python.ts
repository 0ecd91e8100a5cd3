// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Python's own forms: numbers, shapes, indentation, and calls that are broken where they are too wide.

const MAX_WIDTH = 100;
const INDENT = "    ";

/** The shorter of 0.0003 and 3e-4, as rates are written. */
export function printNumber(value: number): string {
  const plain = String(value);
  const [digits, exponent] = value.toExponential().split("e");
  const scientific = `${digits}e${Number(exponent)}`;
  return Math.abs(value) < 1 && scientific.length < plain.length ? scientific : plain;
}

/** As a float, which some arguments insist on. */
export function printFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : printNumber(value);
}

export function printTuple(values: readonly (number | string)[]): string {
  return `(${values.join(", ")}${values.length === 1 ? "," : ""})`;
}

export function indent(lines: readonly string[], levels = 1): string[] {
  return lines.map((line) => (line === "" ? "" : INDENT.repeat(levels) + line));
}

/** A function's or a class's docstring, in two lines where one is too wide. */
export function documentation(says: string): string[] {
  const line = `"""${says}"""`;
  if (INDENT.length + line.length <= MAX_WIDTH) return [line];
  const middle = says.lastIndexOf(" ", MAX_WIDTH - INDENT.length - 3);
  return [`"""${says.slice(0, middle)}`, says.slice(middle + 1), '"""'];
}

/** A line with a comment, which is left out where there is no room for it. */
export function commented(line: string, comment: string): string {
  const both = `${line}  # ${comment}`;
  return comment === "" || both.length > MAX_WIDTH ? line : both;
}

/** `head(args)tail` at so many levels; with the arguments on lines of their own if it is too wide. */
export function call(
  head: string,
  args: readonly string[],
  { tail = "", levels = 1 }: { tail?: string; levels?: number } = {},
): string[] {
  const fits = (line: string): boolean => levels * INDENT.length + line.length <= MAX_WIDTH;
  const all = args.join(", ");
  const line = `${head}(${all})${tail}`;
  if (fits(line)) return [line];
  const inside = fits(INDENT + all) ? [all] : args.map((argument) => `${argument},`);
  return [`${head}(`, ...indent(inside), `)${tail}`];
}
