// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page as one file has no room for what reads pictures.

import { GanvasError } from "../../../engine/errors";

type ReadPictures = typeof import("../../../client/pictures_client").readPictures;

export const readPictures: ReadPictures = async () => {
  throw new GanvasError("fetch_failed", "This file does not hold the module that reads pictures.");
};
