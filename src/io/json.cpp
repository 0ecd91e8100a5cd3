// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parsing with RapidJSON; see json.h.
#include "io/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <system_error>

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>

// JavaScript's own reading of numbers takes no room in the engine.
EM_JS_DEPS(nearest_double, "$AsciiToString")
EM_JS(double, nearest_double, (const char* number), { return Number(AsciiToString(number)); })
#else
namespace {
// By the C locale's point: nothing here sets another locale.
double nearest_double(const char* number) {
  return std::strtod(number, nullptr);
}
}  // namespace
#endif

namespace ganvas {

void* JsonMemory::Realloc(void* bytes, std::size_t size, std::size_t new_size) {
  void* const moved = Malloc(new_size);
  const std::size_t kept = std::min(size, new_size);
  if (kept > 0) std::memcpy(moved, bytes, kept);
  Free(bytes);
  return moved;
}

namespace {

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

/// Gets numbers from RapidJSON as text, since 1.1 itself reads some of them wrongly: 2^64 - 0.3 as
/// 2e-19, 7280.0e305 as NaN, and numbers below 1e-324 beyond the end of a table.
struct NumberReader : JsonDocument {
  // RapidJSON's name for it.
  bool RawNumber(const char* number, rapidjson::SizeType size, bool /*copy*/) {
    const std::string_view text(number, size);
    if (text.find_first_of(".eE") == std::string_view::npos) {
      if (const auto whole = whole_number<std::uint64_t>(text)) return Uint64(*whole);
      if (const auto whole = whole_number<std::int64_t>(text)) return Int64(*whole);
    }
    const double value = nearest_double(number);
    return std::isfinite(value) && Double(value);
  }

 private:
  template <typename Whole>
  static std::optional<Whole> whole_number(std::string_view text) {
    Whole whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error != std::errc()) return std::nullopt;
    return whole;
  }
};

/// RapidJSON compares exponents with those of doubles even where the number is 0, and refuses it:
/// the text with exponents of 0 for every number that is 0.
std::string plain_zeros(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  std::string plain(text);
  bool quoted = false;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == '"') quoted = !quoted;
    if (quoted && plain[i] == '\\') ++i;
    if (quoted || i >= plain.size() || kDigits.find(plain[i]) == std::string_view::npos) continue;
    const std::size_t end = std::min(plain.find_first_not_of("0123456789.", i), plain.size());
    const bool zero = text.substr(i, end - i).find_first_of("123456789") == std::string_view::npos;
    i = end;
    if (end == plain.size() || (plain[end] != 'e' && plain[end] != 'E')) {
      --i;  // what ends the number can be a quotation mark
      continue;
    }
    if (i + 1 < plain.size() && (plain[i + 1] == '-' || plain[i + 1] == '+')) ++i;
    for (; i + 1 < plain.size() && kDigits.find(plain[i + 1]) != std::string_view::npos; ++i)
      if (zero) plain[i + 1] = '0';
  }
  return plain;
}

/// RapidJSON 1.1 refuses the first half of a surrogate pair without a second one, but makes bytes
/// that are no UTF-8 of a second half without a first one. Here, such a half becomes a first one.
/// @param text ends with four NULs
void spoil_lone_halves(std::string& text) {
  std::size_t after_first = std::string::npos;
  for (std::size_t i = text.find('\\'); i != std::string::npos; i = text.find('\\', i + 2)) {
    if (text[i + 1] != 'u' || (text[i + 2] != 'd' && text[i + 2] != 'D')) continue;
    char& digit = text[i + 3];
    const bool second = std::string_view("cdefCDEF").find(digit) != std::string_view::npos;
    if (!second && digit > '7') after_first = i + 6;
    if (second && i != after_first) digit = '8';
  }
}

}  // namespace

JsonReading read_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  std::string plain = plain_zeros(text);
  // Of a character that the text's end cuts, RapidJSON reads the bytes that should follow.
  constexpr std::size_t kMaxCharacter = 4;
  plain.append(kMaxCharacter, '\0');
  spoil_lone_halves(plain);
  NumberReader document;
  rapidjson::ParseResult result;
  auto parse = [&](JsonDocument&) {
    rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, JsonMemory> reader;
    rapidjson::StringStream stream(plain.c_str());
    result = reader.Parse<kFlags>(stream, document);
    return !result.IsError();
  };
  document.Populate(parse);
  return {std::move(document), result};
}

std::optional<JsonDocument> parse_json(std::string_view text) {
  // RapidJSON treats a NUL as the end of the text and ignores the rest.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  JsonReading reading = read_json(text);
  if (reading.result.IsError()) return std::nullopt;
  return std::move(reading.document);
}

const Json* find_member(const Json& json, std::string_view key) {
  if (!json.IsObject()) return nullptr;
  for (const auto& member : json.GetObject()) {
    if (as_string_view(member.name) == key) return &member.value;
  }
  return nullptr;
}

}  // namespace ganvas
