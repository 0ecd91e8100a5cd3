// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SHA-256 without the browser's help; a file of its own, so that only those who need it download it.

export { sha256 } from "@noble/hashes/sha2.js";
