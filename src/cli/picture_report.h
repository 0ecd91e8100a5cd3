// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What `ganvas eval` prints of generated pictures that are no digits.
#pragma once

#include "io/json.h"
#include "judge/picture_judge.h"

namespace ganvas::cli {

void print_text(const PictureQuality& quality);

/// Members of an object that is open.
void write_members(JsonPrettyWriter& writer, const PictureQuality& quality);

}  // namespace ganvas::cli
