// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker of the page as one file that trains.

import { startWorker } from "../../start_worker";

export const trainingWorker: typeof import("../../../client/training_worker").trainingWorker = () =>
  startWorker("training");
