// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Formats of many pictures, classes of a set, and what is refused. tests/cli/test_arrays.py reads
// files that NumPy writes.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "pictures/labelled_pictures.h"
#include "pictures/npy.h"
#include "pictures/picture_set.h"

using namespace ganvas;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A file as NumPy 2.2 writes it, but for the padding of its header.
Bytes npy_file(const std::string& header, const Bytes& data) {
  Bytes file{0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, std::uint8_t(header.size()), 0};
  file.insert(file.end(), header.begin(), header.end());
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

const std::string kHeader = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2), }";
const Bytes kEight{0, 1, 2, 3, 4, 5, 6, 7};

Result<PictureArray> pictures_in(const Bytes& file) {
  const auto array = parse_npy(file);
  REQUIRE(array.ok());
  return pictures_of(array.value());
}

}  // namespace

TEST_CASE("Reads NumPy arrays in C's and in Fortran's order", "[pictures]") {
  CHECK(pictures_in(npy_file(kHeader, kEight)).value().levels == kEight);
  std::string fortran = kHeader;
  fortran.replace(fortran.find("False"), 5, "True");
  // numpy.asfortranarray(numpy.arange(8).reshape(2, 2, 2))
  CHECK(pictures_in(npy_file(fortran, {0, 4, 2, 6, 1, 5, 3, 7})).value().levels == kEight);
}

TEST_CASE("Planes and interleaved channels give the same picture", "[pictures]") {
  const auto of_shape = [](const std::string& shape, const Bytes& data) {
    return pictures_in(
        npy_file("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}", data));
  };
  const Bytes interleaved{1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12};
  const Bytes planes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  CHECK(of_shape("(1, 2, 2, 3)", interleaved).value().levels == interleaved);
  CHECK(of_shape("(1, 3, 2, 2)", planes).value().levels == interleaved);
  CHECK(of_shape("(1, 12)", planes).value().levels == interleaved);
  CHECK_FALSE(of_shape("(2, 6)", planes).ok());
  CHECK_FALSE(of_shape("(12,)", planes).ok());
}

TEST_CASE("Levels are whole numbers to 255 or fractions, and nothing else", "[pictures]") {
  const auto of_floats = [](const std::vector<float>& values) {
    NumberArray array{.element = Element::f32, .shape = {1, 1, values.size()}};
    array.bytes = {reinterpret_cast<const std::uint8_t*>(values.data()), 4 * values.size()};
    return pictures_of(array);
  };
  CHECK(of_floats({0, 0.5f, 1}).value().levels == Bytes{0, 128, 255});
  CHECK(of_floats({0, 7, 255}).value().levels == Bytes{0, 7, 255});
  CHECK_FALSE(of_floats({0, 256}).ok());
  CHECK_FALSE(of_floats({-0.1f, 1}).ok());
  CHECK_FALSE(of_floats({0.5f, 200}).ok());
  CHECK_FALSE(of_floats({std::numeric_limits<float>::quiet_NaN(), 1}).ok());
}

TEST_CASE("Rejects NumPy files cut at any length, and shapes that lie", "[pictures]") {
  const Bytes whole = npy_file(kHeader, kEight);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length << " bytes");
    CHECK_FALSE(parse_npy({whole.begin(), whole.begin() + std::ptrdiff_t(length)}).ok());
  }
  for (const char* shape : {"(4294967296, 4294967296)", "(18446744073709551615, 2)", "(2, 2, 3)",
                            "(2, -2, 2)", "(2, 2", ""}) {
    INFO(shape);
    const std::string header =
        std::string("{'descr': '|u1', 'fortran_order': False, 'shape': ") + shape;
    CHECK_FALSE(parse_npy(npy_file(header, kEight)).ok());
    CHECK_FALSE(parse_npy(npy_file(header, {})).ok());
  }
  CHECK_FALSE(parse_npy(npy_file("{'descr': '|O', 'shape': (8,)}", kEight)).ok());
}

TEST_CASE("parse_npy reads what write_npy writes", "[pictures]") {
  const Bytes file = write_npy(std::vector<std::size_t>{2, 1, 2, 2}, kEight);
  CHECK((file.size() - 8) % 64 == 0);
  CHECK(pictures_in(file).value().levels == kEight);
}

TEST_CASE("Reads texts as NumPy stores them", "[pictures]") {
  const auto texts_in = [](const std::string& type, const std::string& shape, const Bytes& data) {
    return parse_npy_texts(npy_file(
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}", data));
  };
  using Texts = std::vector<std::string>;
  // numpy.array(["é", "😀a"]).tobytes()
  const Bytes wide{0xe9, 0, 0, 0, 0, 0, 0, 0, 0, 0xf6, 1, 0, 'a', 0, 0, 0};
  CHECK(texts_in("<U2", "(2,)", wide).value() == Texts{"é", "😀a"});
  CHECK(texts_in(">U1", "(1,)", {0, 0, 0x73, 0x2b}).value() == Texts{"猫"});
  CHECK(texts_in("|S3", "(2,)", {'o', 'w', 'l', 'c', 0, 0}).value() == Texts{"owl", "c"});
  CHECK(texts_in("<U1", "(1,)", {0, 0xd8, 0, 0}).value() == Texts{"\xef\xbf\xbd"});  // a surrogate
  CHECK(texts_in("<U1", "(0,)", {}).value().empty());
  CHECK_FALSE(texts_in("<U2", "(3,)", wide).ok());
  CHECK_FALSE(texts_in("<U2", "(1, 2)", wide).ok());
  CHECK_FALSE(texts_in("<U0", "(2,)", {}).ok());
  CHECK_FALSE(texts_in("<U99999999999999999999", "(0,)", {}).ok());
  CHECK_FALSE(texts_in("|u1", "(16,)", wide).ok());
}

TEST_CASE("Reads digits from CSV with and without header and labels", "[pictures]") {
  for (const char* text : {"label,a,b,c,d\n7,0,1,2,255\n3,4,5,6,7\n", "7,0,1,2,255\n3,4,5,6,7",
                           "a,b,c,d,label\r\n0,1,2,255,7\r\n4,5,6,7,3\r\n"}) {
    INFO(text);
    const auto read = parse_digits_csv(text);
    REQUIRE(read.ok());
    CHECK(read.value().pictures.levels == Bytes{0, 1, 2, 255, 4, 5, 6, 7});
    CHECK(read.value().labels == std::vector<std::int64_t>{7, 3});
  }
  const auto unlabelled = parse_digits_csv("0,1,2,255\n");
  REQUIRE(unlabelled.ok());
  CHECK(unlabelled.value().pictures.count == 1);
  CHECK(unlabelled.value().labels.empty());
  for (const char* text :
       {"1,2,3\n", "7,0,1,2,256\n", "7,0,1,2,x\n8,0,1,y,2\n", "7,0,1,2,3\n7,0,1\n", ""}) {
    INFO(text);
    CHECK_FALSE(parse_digits_csv(text).ok());
  }
}

TEST_CASE("Reads CIFAR's records of planes", "[pictures]") {
  Bytes file(2 * 3073);
  file[0] = 9;
  file[1] = 11;             // red of the first pixel
  file[1 + 1024 + 1] = 22;  // green of the second
  file[3073] = 1;
  file[2 * 3073 - 1] = 33;  // blue of the last
  const auto read = parse_cifar(file);
  REQUIRE(read.ok());
  CHECK_FALSE(read.value().fine);
  const Bytes first = read.value().pictures.rgba(0, false);
  CHECK(Bytes(first.begin(), first.begin() + 8) == Bytes{11, 0, 0, 255, 0, 22, 0, 255});
  CHECK(read.value().pictures.rgba(1, false)[4 * 1023 + 2] == 33);
  CHECK(read.value().labels == std::vector<std::int64_t>{9, 1});
  file.pop_back();
  CHECK_FALSE(parse_cifar(file).ok());
  CHECK_FALSE(parse_cifar({}).ok());
  Bytes fine(2 * 3074);
  fine[0] = 19;  // coarse
  fine[1] = 99;
  fine[2] = 11;
  fine[3074 + 1] = 98;
  fine[2 * 3074 - 1] = 33;
  const auto read100 = parse_cifar(fine);
  REQUIRE(read100.ok());
  CHECK(read100.value().fine);
  CHECK(read100.value().labels == std::vector<std::int64_t>{99, 98});
  CHECK(read100.value().pictures.rgba(0, false)[0] == 11);
  CHECK(read100.value().pictures.rgba(1, false)[4 * 1023 + 2] == 33);
}

TEST_CASE("Labels become classes, of which one alone is none", "[pictures]") {
  const auto classes_of = [](const std::vector<std::int64_t>& labels, int known) {
    PictureSet set{.channels = 1, .side = 1, .pixels = Bytes(labels.size())};
    REQUIRE(set_classes(set, labels, known).ok());
    return set;
  };
  const PictureSet letters = classes_of({26, 1, 5, 1}, 10);
  CHECK(letters.classes == 3);
  CHECK(letters.labels == Bytes{2, 0, 1, 0});
  CHECK(letters.class_names == std::vector<std::string>{"1", "5", "26"});
  const PictureSet digits = classes_of({3, 1}, 10);
  CHECK(digits.classes == 10);
  CHECK(digits.labels == Bytes{3, 1});
  CHECK(digits.class_names.empty());
  CHECK(classes_of({0, 1, 0}, 0).classes == 2);
  CHECK(classes_of({4, 4}, 0).labels.empty());
  std::vector<std::int64_t> many(101);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = std::int64_t(i);
  PictureSet set{.channels = 1, .side = 1, .pixels = Bytes(101)};
  CHECK_FALSE(set_classes(set, many, 10).ok());
}

TEST_CASE("A set without colours becomes grey", "[pictures]") {
  PictureSet set{.channels = 3, .side = 1, .pixels = {1, 1, 1, 2, 2, 2}};
  drop_colour(set);
  CHECK(set.channels == 1);
  CHECK(set.pixels == Bytes{1, 2});
}

TEST_CASE("The first pictures of a set are of all classes", "[pictures]") {
  CHECK(alternate_classes(std::vector<std::size_t>{0, 0, 0, 1, 2, 2}) ==
        std::vector<std::size_t>{0, 3, 4, 1, 5, 2});
}

TEST_CASE("A set's id depends on its shape, its labels and its pixels, and not on names",
          "[pictures]") {
  PictureSet set{.channels = 1, .side = 16, .pixels = Bytes(512), .labels = {0, 1}, .classes = 2};
  set.pixels[3] = 9;
  const std::string id = id_of(set);
  // Python's xxhash: shape = count u64, channels u16, side u16, classes u32, little-endian;
  // xxh3_64(pixels, seed=xxh3_64(labels, seed=xxh3_64(shape)))
  CHECK(id == "af552f396eb629fc");
  PictureSet other = set;
  other.class_names = {"a", "b"};
  CHECK(id_of(other) == id);
  other.labels = {1, 0};
  CHECK(id_of(other) != id);
  other = set;
  other.pixels[511] = 1;
  CHECK(id_of(other) != id);
  other = {.channels = 1, .side = 16, .pixels = set.pixels};
  CHECK(id_of(other) != id);
}

TEST_CASE("Names of classes are short, printable and not empty", "[pictures]") {
  CHECK(class_name("cats\n\x1b[1m ") == "cats ?[1m");
  CHECK(class_name("") == "?");
  std::string long_name;
  for (int i = 0; i < 33; ++i) long_name += "ü";
  CHECK(class_name("x" + long_name) == "x" + long_name.substr(0, 62));
}
