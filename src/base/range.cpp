// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers in words; see range.h.
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

}  // namespace ganvas
