// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training worker's entry: serves this worker's own message port.

import { serveTraining } from "./training_server";

serveTraining(self);
