// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing safetensors, including a file of Python's library, and errors for invalid
// files.
#include "io/safetensors.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "support/files.h"

using namespace ganvas;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A file with this header and `data_size` zero bytes of tensor data.
Bytes file_of(const std::string& header, std::size_t data_size, std::uint64_t stated_length) {
  Bytes bytes(8);
  std::memcpy(bytes.data(), &stated_length, 8);
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.resize(bytes.size() + data_size, 0);
  return bytes;
}
Bytes file_of(const std::string& header, std::size_t data_size) {
  return file_of(header, data_size, header.size());
}

/// A header with one tensor "t".
std::string header_of(const std::string& dtype, const std::string& shape,
                      const std::string& offsets) {
  return R"({"t":{"dtype":)" + dtype + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets +
         "}}";
}

Error error_of(const Bytes& bytes) {
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE_FALSE(file.ok());
  CHECK_FALSE(file.error().message.empty());
  return file.error();
}

std::vector<float> values_of(const SafetensorsFile& file, const std::string& name,
                             const Shape& shape) {
  const Status status = file.check(name, shape);
  INFO(name << ": " << (status.ok() ? "" : status.error().message));
  REQUIRE(status.ok());
  std::vector<float> values(shape.size());
  file.read(name, values);
  return values;
}

float through(Dtype dtype, float value) {
  SafetensorsWriter writer;
  writer.add("t", {1}, std::vector<float>{value}, dtype);
  const Bytes bytes = writer.finish();
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  float read = 0;
  file.value().read("t", {&read, 1});
  return read;
}

float through_f16(float value) {
  return through(Dtype::f16, value);
}

}  // namespace

TEST_CASE("Tensors and metadata survive writing and reading", "[safetensors]") {
  SafetensorsWriter writer;
  const std::vector<float> matrix{1, -2, 3.5f, 1e-40f, 3e38f, -0.0f};
  const std::vector<float> cube(24, 0.1f);
  writer.set_metadata("format", "pt");
  writer.set_metadata("note", "digits \"数字\" \\ \n");
  writer.add("generator.0.weight", {2, 3}, matrix);
  writer.add("cube", {1, 2, 3, 4}, cube);
  writer.add("scalar", {}, std::vector<float>{42});
  writer.add("empty", {0, 7}, {});
  const Bytes bytes = writer.finish();
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  CHECK(file.value().tensors().size() == 4);
  REQUIRE(file.value().metadata("note") != nullptr);
  CHECK(*file.value().metadata("note") == "digits \"数字\" \\ \n");
  CHECK(*file.value().metadata("format") == "pt");
  CHECK(file.value().metadata("absent") == nullptr);
  const auto read = values_of(file.value(), "generator.0.weight", {2, 3});
  CHECK(std::memcmp(read.data(), matrix.data(), sizeof(float) * 6) == 0);
  CHECK(values_of(file.value(), "cube", {1, 2, 3, 4}) == cube);
  CHECK(values_of(file.value(), "scalar", {}) == std::vector<float>{42});
  CHECK(values_of(file.value(), "empty", {0, 7}).empty());
}

TEST_CASE("The written header follows the format", "[safetensors]") {
  SafetensorsWriter writer;
  writer.set_metadata("a", "b");
  writer.add("second", {3}, std::vector<float>{1, 2, 3}, Dtype::f16);
  writer.add("first", {2}, std::vector<float>{4, 5});
  const Bytes bytes = writer.finish();
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  REQUIRE(length + 8 + 6 + 8 == bytes.size());
  CHECK(length % 8 == 0);
  std::string header(bytes.begin() + 8, bytes.begin() + 8 + long(length));
  header.erase(header.find_last_not_of(' ') + 1);
  CHECK(header == R"({"__metadata__":{"a":"b"},)"
                  R"("first":{"dtype":"F32","shape":[2],"data_offsets":[6,14]},)"
                  R"("second":{"dtype":"F16","shape":[3],"data_offsets":[0,6]}})");
}

TEST_CASE("A file without tensors is valid", "[safetensors]") {
  const Bytes bytes = SafetensorsWriter().finish();
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  CHECK(file.value().tensors().empty());
}

TEST_CASE("F16 rounds to nearest even over its whole range", "[safetensors]") {
  CHECK(through_f16(1) == 1);
  CHECK(through_f16(-0.0f) == 0);
  CHECK(std::signbit(through_f16(-0.0f)));
  CHECK(through_f16(1 + 0x1p-10f) == 1 + 0x1p-10f);
  CHECK(through_f16(1 + 0x1p-11f) == 1);                // halfway, to even
  CHECK(through_f16(1 + 3 * 0x1p-11f) == 1 + 0x1p-9f);  // halfway, to even
  CHECK(through_f16(1 + 0x1p-11f + 0x1p-20f) == 1 + 0x1p-10f);
  CHECK(through_f16(65504) == 65504);
  CHECK(through_f16(65519) == 65504);
  CHECK(std::isinf(through_f16(65520)));
  CHECK(through_f16(0x1p-14f) == 0x1p-14f);
  CHECK(through_f16(0x1p-24f) == 0x1p-24f);  // the smallest subnormal
  CHECK(through_f16(0x1p-25f) == 0);         // halfway, to even
  CHECK(through_f16(0x1.8p-25f) == 0x1p-24f);
  CHECK(std::isnan(through_f16(std::numeric_limits<float>::quiet_NaN())));
  // F16 values survive the round trip.
  for (int exponent = -14; exponent <= 15; ++exponent) {
    for (int mantissa = 0; mantissa < 1024; mantissa += 31) {
      const float value = std::ldexp(1 + float(mantissa) / 1024, exponent);
      REQUIRE(through_f16(value) == value);
      REQUIRE(through_f16(-value) == -value);
    }
  }
}

TEST_CASE("BF16 rounds to nearest even and has the range of F32", "[safetensors]") {
  const auto through_bf16 = [](float value) { return through(Dtype::bf16, value); };
  CHECK(std::signbit(through_bf16(-0.0f)));
  CHECK(through_bf16(1 + 0x1p-7f) == 1 + 0x1p-7f);
  CHECK(through_bf16(1 + 0x1p-8f) == 1);                // halfway, to even
  CHECK(through_bf16(1 + 3 * 0x1p-8f) == 1 + 0x1p-6f);  // halfway, to even
  CHECK(through_bf16(1 + 0x1p-8f + 0x1p-20f) == 1 + 0x1p-7f);
  CHECK(through_bf16(0x1.fep127f) == 0x1.fep127f);
  CHECK(std::isinf(through_bf16(std::numeric_limits<float>::max())));
  CHECK(through_bf16(0x1p-133f) == 0x1p-133f);  // the smallest subnormal
  CHECK(std::isnan(through_bf16(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("Reads a file of Python's safetensors", "[safetensors]") {
  const auto bytes = test::read_file("tests/golden/python_written.safetensors");
  const auto parsed = SafetensorsFile::parse(bytes);
  REQUIRE(parsed.ok());
  const SafetensorsFile& file = parsed.value();
  CHECK(file.tensors().size() == 7);
  CHECK(*file.metadata("note") == "digits 数字");
  std::vector<float> thirds;
  for (int i = 0; i < 6; ++i) thirds.push_back(float(double(i) / 3));
  CHECK(values_of(file, "f64", {2, 3}) == thirds);
  CHECK(values_of(file, "f32", {2, 3}) == thirds);
  std::vector<float> halves = thirds;
  for (float& value : halves) value = through_f16(value);
  CHECK(values_of(file, "f16", {2, 3}) == halves);
  CHECK(values_of(file, "scalar", {}) == std::vector<float>{1.5f});
  CHECK(values_of(file, "empty", {0, 3}).empty());
  const auto axes = values_of(file, "four_axes", {1, 2, 3, 4});
  for (std::size_t i = 0; i < axes.size(); ++i) CHECK(axes[i] == float(i));
  CHECK(values_of(file, "f16_extremes", {6}) ==
        std::vector<float>{0, -0.0f, 0x1p-24f, 0x1.ff8p-15f, 65504, -65504});
}

TEST_CASE("check() names the tensor and the problem", "[safetensors]") {
  SafetensorsWriter writer;
  writer.add("good", {2, 3}, std::vector<float>(6, 1));
  writer.add("nan", {3}, std::vector<float>{1, std::nanf(""), 2});
  writer.add("inf", {3}, std::vector<float>{1, 2, -INFINITY}, Dtype::f16);
  const Bytes bytes = writer.finish();
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  const auto error = [&](const std::string& name, const Shape& shape) {
    const Status status = file.value().check(name, shape);
    REQUIRE_FALSE(status.ok());
    return status.error();
  };
  CHECK(error("absent", {2}).code == ErrorCode::missing_tensor);
  CHECK(error("absent", {2}).message == "tensor 'absent' is missing");
  CHECK(error("good", {3, 2}).code == ErrorCode::shape_mismatch);
  CHECK(error("good", {3, 2}).message == "tensor 'good' has shape (2, 3), the model needs (3, 2)");
  CHECK(error("good", {6}).code == ErrorCode::shape_mismatch);
  CHECK(error("nan", {3}).code == ErrorCode::non_finite);
  CHECK(error("nan", {3}).message == "tensor 'nan' holds a NaN or Inf at element 1");
  CHECK(error("inf", {3}).message == "tensor 'inf' holds a NaN or Inf at element 2");
}

TEST_CASE("Rejects a file truncated anywhere", "[safetensors]") {
  SafetensorsWriter writer;
  writer.set_metadata("format", "pt");
  writer.add("a", {2, 2}, std::vector<float>{1, 2, 3, 4});
  writer.add("b", {3}, std::vector<float>{5, 6, 7}, Dtype::f16);
  const Bytes whole = writer.finish();
  REQUIRE(SafetensorsFile::parse(whole).ok());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length << " of " << whole.size() << " bytes");
    const Error error = error_of(Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(length)));
    CHECK((error.code == ErrorCode::truncated || error.code == ErrorCode::bad_magic));
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(error_of(longer).code == ErrorCode::malformed);
}

TEST_CASE("A file with any one byte changed is either read or rejected", "[safetensors]") {
  SafetensorsWriter writer;
  writer.add("a", {2, 2}, std::vector<float>{1, 2, 3, 4});
  writer.add("b", {3}, std::vector<float>{5, 6, 7}, Dtype::f16);
  const Bytes whole = writer.finish();
  int rejected = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      Bytes changed = whole;
      changed[i] = std::uint8_t(value);
      const auto file = SafetensorsFile::parse(changed);
      rejected += !file.ok();
      if (!file.ok()) continue;
      for (const auto& [name, tensor] : file.value().tensors()) {
        std::vector<float> values(tensor.shape.size());
        file.value().read(name, values);
      }
    }
  }
  CHECK(rejected > 0);
}

TEST_CASE("Rejects header lengths that do not match the file", "[safetensors]") {
  const std::string header = header_of("\"F32\"", "[1]", "[0,4]");
  REQUIRE(SafetensorsFile::parse(file_of(header, 4)).ok());
  CHECK(error_of(file_of(header, 4, header.size() + 5)).code == ErrorCode::truncated);
  for (const std::uint64_t length :
       {std::uint64_t{1} << 31, std::uint64_t{1} << 32, std::uint64_t{1} << 63, ~std::uint64_t{0},
        ~std::uint64_t{0} - 7}) {
    CHECK(error_of(file_of(header, 4, length)).code == ErrorCode::bad_magic);
  }
  CHECK(error_of(file_of(header, 4, 0)).code == ErrorCode::malformed);
  CHECK(error_of(file_of(header, 4, header.size() - 1)).code == ErrorCode::malformed);
}

TEST_CASE("Rejects headers that are not a JSON object of tensors", "[safetensors]") {
  for (const std::string header : {
           "{",
           "{\"t\"}",
           "{]",
           "{\"t\":3}",
           "{\"t\":null}",
           "{\"t\":[]}",
           "{\"t\":{}}",
           "{\"__metadata__\":3}",
           "{\"__metadata__\":{\"a\":1}}",
           "{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}",
           "{\"\xff\":{}}",
       }) {
    INFO(header);
    CHECK(error_of(file_of(header, 0)).code == ErrorCode::malformed);
  }
  const std::string empty = header_of("\"F32\"", "[0]", "[0,0]");
  REQUIRE(SafetensorsFile::parse(file_of(empty, 0)).ok());
  CHECK(error_of(file_of(empty + std::string("\0}", 2), 0)).code == ErrorCode::malformed);
  const std::string twice = empty.substr(0, empty.size() - 1) + "," + empty.substr(1);
  CHECK(error_of(file_of(twice, 0)).message == "tensor 't' is listed twice");
  CHECK(error_of(file_of("[1, 2]", 0)).code == ErrorCode::bad_magic);
  const std::string pickle = "PK\x03\x04 a PyTorch file of the older kind";
  CHECK(error_of(Bytes(pickle.begin(), pickle.end())).code == ErrorCode::bad_magic);
  CHECK(error_of(Bytes(100, 0)).code == ErrorCode::bad_magic);
  CHECK(error_of({}).code == ErrorCode::bad_magic);
}

TEST_CASE("Rejects tensors with an invalid dtype, shape or range", "[safetensors]") {
  const auto code = [](const std::string& dtype, const std::string& shape,
                       const std::string& offsets) {
    INFO(dtype << " " << shape << " " << offsets);
    const Error error = error_of(file_of(header_of(dtype, shape, offsets), 16));
    CHECK(error.message.find("'t'") != std::string::npos);
    return error.code;
  };
  REQUIRE(SafetensorsFile::parse(file_of(header_of("\"F32\"", "[2,2]", "[0,16]"), 16)).ok());
  for (const char* dtype : {"\"I64\"", "\"F8_E4M3\"", "\"f32\"", "\"\"", "32", "null", "[]"}) {
    CHECK(code(dtype, "[2,2]", "[0,16]") == ErrorCode::malformed);
  }
  for (const char* shape : {"[2,3]",
                            "[2]",
                            "[]",
                            "4",
                            "null",
                            "\"[4]\"",
                            "[-4]",
                            "[-2,-2]",
                            "[2.0,2]",
                            "[1e0,4]",
                            "[\"4\"]",
                            "[[4]]",
                            "[4294967297]",
                            "[9223372036854775807]",
                            "[18446744073709551615]",
                            "[4294967296,4294967296]",
                            "[2147483647,2147483647,2147483647,2147483647]",
                            "[65536,65536,65536,65536]",
                            "[1,1,1,1,4]",
                            "[0]",
                            "[0,18446744073709551615]"}) {
    CHECK(code("\"F32\"", shape, "[0,16]") == ErrorCode::malformed);
  }
  for (const char* offsets :
       {"[16,0]", "[0,17]", "[1,17]", "[0,18446744073709551615]",
        "[18446744073709551600,18446744073709551615]", "[18446744073709551608,8]", "[100,116]"}) {
    CHECK(code("\"F32\"", "[2,2]", offsets) == ErrorCode::truncated);
  }
  for (const char* offsets : {"[0,15]", "[0,0]", "[0]", "[0,16,16]", "[]", "16", "null", "[-1,15]",
                              "[0.0,16]", "[\"0\",16]", "[[0],16]"}) {
    CHECK(code("\"F32\"", "[2,2]", offsets) == ErrorCode::malformed);
  }
}

TEST_CASE("Rejects shapes whose size overflows to the size of the range", "[safetensors]") {
  REQUIRE(SafetensorsFile::parse(file_of(header_of("\"F32\"", "[0,7]", "[0,0]"), 0)).ok());
  for (const char* shape : {"[4611686018427387904]", "[2147483648,2147483648,4]", "[0,2147483648]",
                            "[0,4294967296]", "[0,18446744073709551615]"}) {
    INFO(shape);
    CHECK(error_of(file_of(header_of("\"F32\"", shape, "[0,0]"), 0)).code == ErrorCode::malformed);
  }
}

TEST_CASE("Rejects tensors that overlap or leave unused bytes", "[safetensors]") {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a":{"dtype":"F32","shape":[2],"data_offsets":)" + first +
           R"(},"b":{"dtype":"F32","shape":[2],"data_offsets":)" + second + "}}";
  };
  REQUIRE(SafetensorsFile::parse(file_of(two("[0,8]", "[8,16]"), 16)).ok());
  REQUIRE(SafetensorsFile::parse(file_of(two("[8,16]", "[0,8]"), 16)).ok());
  CHECK(error_of(file_of(two("[0,8]", "[0,8]"), 8)).code == ErrorCode::malformed);
  CHECK(error_of(file_of(two("[0,8]", "[4,12]"), 12)).code == ErrorCode::malformed);
  CHECK(error_of(file_of(two("[0,8]", "[12,20]"), 20)).code == ErrorCode::malformed);
  CHECK(error_of(file_of(two("[4,12]", "[12,20]"), 20)).code == ErrorCode::malformed);
  CHECK(error_of(file_of(two("[0,8]", "[8,16]"), 20)).code == ErrorCode::malformed);
}

TEST_CASE("Rejects deeply nested headers without exhausting the stack", "[safetensors]") {
  constexpr std::size_t kDepth = 500'000;
  for (const std::string& nested :
       {"{\"t\":" + std::string(kDepth, '['),
        "{\"t\":" + std::string(kDepth, '[') + std::string(kDepth, ']') + "}"}) {
    CHECK(error_of(file_of(nested, 0)).code == ErrorCode::malformed);
  }
  // One byte above the limit of header sizes.
  CHECK(error_of(file_of("{" + std::string(1 << 20, ' '), 0)).code == ErrorCode::bad_magic);
}
