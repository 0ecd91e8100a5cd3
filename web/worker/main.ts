// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training worker's entry: serves this worker's own message port. Its name says whether the page will
// ask for an engine of the default options (startup.js).

import { serveTraining } from "./training_server";

serveTraining(self, { ahead: self.name === "ganvas-ahead" });
