// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers and ranges in words; see range.h.
#include "base/range.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <string>

namespace ganvas {

// JSON is written anyway; printf for this alone would be 3 KB more to download.
std::string text_of(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer>(buffer).Double(number);
  std::string text = buffer.GetString();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

Status check_range(std::string_view name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return Error{ErrorCode::invalid_config, std::string(name) + " is " + text_of(value) +
                                              ", must be " + text_of(low) + " to " + text_of(high)};
}

}  // namespace ganvas
