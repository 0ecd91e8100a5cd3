// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page does not hold: nothing, except as one file (single_file/instead/ui/words/supply_words.ts).

export const aboutDigits = (): string => "";
export const aboutNetworks = (): string => "";
export const aboutOnnx = (): string => "";
