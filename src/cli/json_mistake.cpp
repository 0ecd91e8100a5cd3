// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// RapidJSON's errors in words; see json_mistake.h.
#include "cli/json_mistake.h"

#include <rapidjson/error/error.h>

#include <algorithm>

#include "io/json.h"

namespace ganvas::cli {
namespace {

const char* words_for(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "there is no JSON";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "something follows the JSON value";
    case rapidjson::kParseErrorValueInvalid:
      return "this is no JSON value";
    case rapidjson::kParseErrorObjectMissName:
      return "a member's name in quotation marks is missing";
    case rapidjson::kParseErrorObjectMissColon:
      return "a colon is missing after the member's name";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "a comma or } is missing after a member";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "a comma or ] is missing after a value";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "a closing quotation mark is missing";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "a closing quotation mark is missing on this line, or there is a \\ that JSON does "
             "not "
             "know";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "four hexadecimal digits must follow \\u";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "\\ud800 to \\udbff and \\udc00 to \\udfff stand for a character only as a pair";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "the text is not UTF-8";
    case rapidjson::kParseErrorNumberTooBig:
    case rapidjson::kParseErrorTermination:
      return "the number is too large";
    default:
      return "this is no valid JSON";
  }
}

}  // namespace

std::optional<std::string> find_json_mistake(std::string_view text) {
  if (parse_json(text)) return std::nullopt;
  const rapidjson::ParseResult result = read_json(text).result;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // What RapidJSON takes for an end is one for parse_json() only where the text ends.
  const std::size_t nul = std::min(text.find('\0'), text.size());
  const std::size_t at = result.IsError() ? result.Offset() : nul;
  const std::string_view before = text.substr(0, at);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 if there is none
  // Bytes that continue a character are no columns.
  const auto column =
      std::ranges::count_if(
          before.substr(line_start),
          [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }) +
      1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " +
         words_for(result.Code());
}

}  // namespace ganvas::cli
