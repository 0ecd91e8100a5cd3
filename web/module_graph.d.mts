// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The types of module_graph.mjs, which Node 20 can run where it could not run TypeScript.

type Find = (id: string) => {
  readonly isEntry: boolean;
  readonly importers: readonly string[];
} | null;

export function isOpening(id: string, find: Find): boolean;
export function isBehindEntry(id: string, find: Find): boolean;
export function isOfClient(id: string, root: string): boolean;
