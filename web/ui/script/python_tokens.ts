// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Splits a script into tokens for highlighting. Covers only the Python that script.ts writes.
// Variables of real and generated samples get the colours that these have everywhere on the page.

type TokenKind = "plain" | "comment" | "keyword" | "literal" | "real" | "generated";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  "and as class def elif else False for from if import in is not None or return True while with yield".split(
    " ",
  ),
);

const TOKENS =
  /(?<comment>#.*|"""[\s\S]*?""")|(?<string>[bf]?"(?:\\.|[^"\\\n])*")|(?<word>[A-Za-z_]\w*)|(?<number>\d[\d.]*(?:e-?\d+)?)/g;

/** The tokens of each line; joined, they give the script. */
export function tokenize(script: string): Token[][] {
  const lines: Token[][] = [[]];
  const add = (kind: TokenKind, text: string): void => {
    for (const [at, part] of text.split("\n").entries()) {
      if (at > 0) lines.push([]);
      const line = lines.at(-1);
      const last = line?.at(-1);
      if (last?.kind === kind) line?.splice(-1, 1, { kind, text: last.text + part });
      else if (part !== "") line?.push({ kind, text: part });
    }
  };
  let end = 0;
  for (const match of script.matchAll(TOKENS)) {
    const [text] = match;
    add("plain", script.slice(end, match.index));
    const { comment, word } = match.groups ?? {};
    if (comment !== undefined) add("comment", text);
    else add(word === undefined ? "literal" : kindOfWord(text), text);
    end = match.index + text.length;
  }
  add("plain", script.slice(end));
  return lines;
}

function kindOfWord(word: string): TokenKind {
  if (KEYWORDS.has(word)) return "keyword";
  const parts = word.split("_");
  if (parts.includes("real")) return "real";
  return parts.includes("fake") ? "generated" : "plain";
}
