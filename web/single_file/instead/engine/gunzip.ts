// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gzip in the page as one file, which could not have unpacked itself without DecompressionStream.

type Gunzip = typeof import("../../../engine/gunzip");

export const openGunzip: Gunzip["openGunzip"] = async () => new DecompressionStream("gzip");
