// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge's worker's entry: serves this worker's own message port.

import { serveJudge } from "./judge_server";

serveJudge(self);
