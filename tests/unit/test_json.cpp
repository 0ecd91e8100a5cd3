// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// JSON texts: numbers as the C library reads them, and texts that are not whole.
#include "io/json.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

using namespace ganvas;

TEST_CASE("A number in JSON is the nearest double, or refused where that is infinite", "[json]") {
  for (const char* digits : {"1", "3", "9007199254740991", "9007199254740993", "1.7976931348623157",
                             "2.2250738585072014", "4.9406564584124654", "123456789012345678"}) {
    for (int exponent = -345; exponent <= 309; ++exponent) {
      const std::string text = digits + ("e" + std::to_string(exponent));
      const double expected = std::strtod(text.c_str(), nullptr);
      INFO(text);
      const auto json = parse_json(text);
      REQUIRE(json.has_value() == std::isfinite(expected));
      if (json) CHECK(json->GetDouble() == expected);
    }
  }
}

TEST_CASE("Zero is 0 with any exponent", "[json]") {
  for (const char* zero : {"0e99", "0E99", "0.00e+400", "-0e38", "0e-400", "0e0", "0.0"})
    CHECK(parse_json(zero)->GetDouble() == 0);
  // Neither other numbers nor texts change.
  const auto json = parse_json(R"(["0e99", "\"0e99", 10e2, 0.5e1, 1.0e-1, {"0e9":0e99}])");
  REQUIRE(json);
  CHECK(as_string_view((*json)[0]) == "0e99");
  CHECK(as_string_view((*json)[1]) == "\"0e99");
  CHECK((*json)[2].GetDouble() == 1000);
  CHECK((*json)[3].GetDouble() == 5);
  CHECK((*json)[4].GetDouble() == 0.1);
  CHECK((*json)[5]["0e9"].GetDouble() == 0);
}

TEST_CASE("Digits after those of 2^64 - 1 are the nearest double", "[json]") {
  for (const std::string digits : {"18446744073709551615", "18446744073709551614"}) {
    for (const std::string more :
         {"5", "7", "95", "49", "4", ".5", ".9e3", "9999e-40", "6e-300", "7e287"}) {
      INFO(digits + more);
      CHECK(parse_json(digits + more)->GetDouble() ==
            std::strtod((digits + more).c_str(), nullptr));
    }
  }
  CHECK(parse_json("18446744073709551615")->GetUint64() == UINT64_MAX);
  CHECK(parse_json("0.000184467440737095516157")->GetDouble() == 0.000184467440737095516157);
  CHECK(parse_json("1.84467440737095516157")->GetDouble() == 1.84467440737095516157);
  CHECK(as_string_view(*parse_json("\"184467440737095516157\"")) == "184467440737095516157");
}

TEST_CASE("Numbers beyond doubles are 0 or refused, however they are written", "[json]") {
  for (const std::string small :
       {"1e-1000", "0.1e-2147483647", "1e-99999999999999999999", "2.4e-324",
        "21340173174183855e-340", "0.000000000000000000000000000001234567890123e-310",
        "0.00000000000000000000000000000000"}) {
    INFO(small);
    CHECK(parse_json(small)->GetDouble() == 0);
    CHECK(parse_json("-" + small)->GetDouble() == 0);
  }
  CHECK(parse_json("0." + std::string(400, '0') + "1")->GetDouble() == 0);
  CHECK(parse_json("1." + std::string(800, '3') + "e-1000")->GetDouble() == 0);
  for (const std::string large : {"1.8e308", "7280.0e305", "0.18e309", "1e309", "0.1e350",
                                  "6105774568153938830e290", "1e99999999999999999999"}) {
    INFO(large);
    CHECK(!parse_json(large));
  }
  CHECK(!parse_json("0." + std::string(700, '1') + "e900"));
  CHECK(parse_json("0.17e309")->GetDouble() == 1.7e308);
  for (const std::string no_number :
       {"01e-999", "1.e-999", "0.0.1e-999", "1e-", ".5", "00e99", "1.2.3e400"}) {
    INFO(no_number);
    CHECK(!parse_json(no_number));
  }
}

TEST_CASE("Halves of a surrogate pair stand for a character together, and are refused alone",
          "[json]") {
  for (unsigned unit = 1; unit <= 0xffff; ++unit) {
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "\"\\u%04x\"", unit);
    INFO(text.data());
    const bool half = unit >= 0xd800 && unit <= 0xdfff;
    REQUIRE(parse_json(text.data()).has_value() == !half);
  }
  // Of up to four of these, in all orders: what is left when the pairs are taken out holds no half.
  const std::vector<std::string> units{"\\ud83d", "\\uDBFF",   "\\ude00", "\\uDFFF",
                                       "\\u0041", "\\\\ude00", "\\n",     "d"};
  const std::regex pairs(R"(\\u(d83d|DBFF)\\u(de00|DFFF)|\\\\ude00)");
  const std::regex halves(R"(\\u[dD][^0])");
  for (unsigned order = 0; order < 8 * 8 * 8 * 8; ++order) {
    std::string text;
    for (unsigned rest = order; rest > 0; rest /= 8) text += units[rest % 8];
    INFO(text);
    const std::string left = std::regex_replace(text, pairs, "");
    REQUIRE(parse_json('"' + text + '"').has_value() == !std::regex_search(left, halves));
  }
  CHECK(as_string_view(*parse_json(R"("\ud83d\ude00")")) == "\xF0\x9F\x98\x80");
  CHECK(!parse_json(R"({"\udddd": 1})"));
}

// With the address sanitizer, it also shows that nothing behind the text is read.
TEST_CASE("Text that ends inside of a character is refused", "[json]") {
  for (const std::string_view cut :
       {"\"\xC3", "\"\xE4", "\"\xE4\xB8", "\"\xF0", "\"\xF0\x9F", "\"\xF0\x9F\x90"})
    CHECK(!parse_json(cut));
}
