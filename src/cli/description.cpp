// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Prints the description of presets, layers, objectives and optimisers as JSON, for
// web/write_description.mjs.
#include <cstdio>

#include "io/description.h"

int main() {
  std::puts(ganvas::description_json().c_str());
}
