// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The engines that come with the page, as in supply.ts, for what is loaded later.

export { TIERS } from "../engine/types";
