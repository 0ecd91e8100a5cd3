// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where text is not JSON, for people who wrote it by hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ganvas::cli {

/// "line 3, column 12: this is no JSON value", or nothing if the text is JSON. Columns count
/// characters from 1.
std::optional<std::string> find_json_mistake(std::string_view text);

}  // namespace ganvas::cli
