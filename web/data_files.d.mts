// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The types of data_files.mjs, which Node 20 can run where it could not run TypeScript.

export function dataFile(folder: string, name: string): Promise<Buffer | null>;
export function writeData(target: string): Promise<void>;
