// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker of the page as one file that judges.

import { startWorker } from "../../start_worker";

export const judgeWorker: typeof import("../../../client/judge_worker").judgeWorker = () =>
  startWorker("judge");
