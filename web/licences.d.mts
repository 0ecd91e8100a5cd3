// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The types of licences.mjs, which Node 20 can run where it could not run TypeScript.

import type { Plugin } from "vite";

export function collectPackages(folders: Set<string>): Plugin;
export function licenceText(folders: ReadonlySet<string>): Promise<string>;
export function addLicences(file: string, folders: ReadonlySet<string>): Promise<void>;
