// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether this is Node, where files have file: addresses and threads are of another kind.

export const inNode = typeof process === "object" && process.versions?.node !== undefined;
