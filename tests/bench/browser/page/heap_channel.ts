// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the page asks heap_worker.ts for the size of its memory, beside the package's own messages.

export const HEAP_CHANNEL = "heap";
