// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What an app keeps of its own pictures while the dialog is closed.

import { readPictures } from "../../client/pictures_client";
import type { AppController } from "../state/app_controller";
import { type Drawings, NO_DRAWINGS } from "./drawings";
import { Sheet } from "./sheet";

export interface Workspace {
  readonly sheet: Sheet;
  drawings: Drawings;
  /** Where the dialog was left. */
  view: "choose" | "draw" | "sheet";
}

const workspaces = new WeakMap<AppController, Workspace>();

export function workspaceOf(controller: AppController): Workspace {
  const kept = workspaces.get(controller);
  if (kept !== undefined) return kept;
  const workspace: Workspace = {
    sheet: new Sheet(readPictures),
    drawings: NO_DRAWINGS,
    view: "choose",
  };
  workspaces.set(controller, workspace);
  return workspace;
}
