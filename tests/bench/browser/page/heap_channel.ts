// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The channel on which the page requests the memory size from heap_worker.ts.

export const HEAP_CHANNEL = "heap";
