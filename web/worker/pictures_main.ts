// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The entry of the worker that reads pictures: serves this worker's own message port.

import { servePictures } from "./pictures_server";

servePictures(self);
