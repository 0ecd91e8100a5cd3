// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Both workers of the page as one file. A worker of a file cannot read what the page has, so the first message brings
// the files; all others are calls.

import { serveJudge } from "../worker/judge_server";
import { serveTraining } from "../worker/training_server";
import { type Files, serveFiles } from "./files";

export interface Beginning {
  readonly serves: "training" | "judge";
  readonly files: Files;
}

self.addEventListener(
  "message",
  ({ data: { serves, files } }: MessageEvent<Beginning>) => {
    serveFiles(files);
    switch (serves) {
      case "training":
        return serveTraining(self);
      case "judge":
        return serveJudge(self);
    }
  },
  { once: true },
);
