// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs a fuzz target without libFuzzer: every file of its corpus, and as many changed copies of
// them as make the number of inputs, the same in every run.
//
//     fuzz_NAME FOLDER INPUTS
//
// An input that crashes is left in the working folder as crashed_input.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "fuzz.h"

extern "C" [[gnu::weak]] std::size_t LLVMFuzzerCustomMutator(std::uint8_t*, std::size_t,
                                                             std::size_t, unsigned);

namespace {

using ganvas::fuzz::Bytes;

constexpr std::size_t kMaxSize = 1 << 16;

std::mt19937 random_numbers(1);
Bytes input;

std::size_t below(std::size_t end) {
  return random_numbers() % end;
}

/// Numbers at which lengths and extents go wrong, little-endian or big-endian.
void write_extreme(std::span<std::uint8_t> bytes) {
  constexpr std::array<std::uint64_t, 9> kExtremes{
      0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff};
  std::uint64_t number = kExtremes[below(kExtremes.size())] + below(3) - 1;
  const std::size_t width = std::min(std::size_t{1} << below(4), bytes.size());
  const auto place = bytes.subspan(below(bytes.size() - width + 1), width);
  for (std::uint8_t& byte : place) {
    byte = static_cast<std::uint8_t>(number);
    number >>= 8;
  }
  if (below(2) == 0) std::ranges::reverse(place);
}

void change_once(Bytes& bytes) {
  if (bytes.empty()) {
    bytes.push_back(static_cast<std::uint8_t>(below(256)));
    return;
  }
  const std::size_t at = below(bytes.size());
  const std::size_t length = 1 + below(std::min<std::size_t>(bytes.size() - at, 32));
  const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  const auto end = place + static_cast<std::ptrdiff_t>(length);
  switch (below(7)) {
    case 0:
      bytes[at] ^= static_cast<std::uint8_t>(1 << below(8));
      break;
    case 1:
      bytes[at] = static_cast<std::uint8_t>(below(256));
      break;
    case 2:
      bytes.erase(place, end);
      break;
    case 3: {
      const Bytes copy(place, end);
      const auto to = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size() + 1));
      bytes.insert(to, copy.begin(), copy.end());
      break;
    }
    case 4:
      bytes.resize(at);
      break;
    case 5:
      bytes[at] = static_cast<std::uint8_t>('0' + below(10));
      break;
    default:
      write_extreme(bytes);
  }
}

std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t max_size) {
  if (LLVMFuzzerCustomMutator)
    return LLVMFuzzerCustomMutator(data, size, max_size, static_cast<unsigned>(random_numbers()));
  return LLVMFuzzerMutate(data, size, max_size);
}

void keep_input(int signal) {
  const int file = ::open("crashed_input", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  [[maybe_unused]] const ssize_t written = ::write(file, input.data(), input.size());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::vector<Bytes> read_corpus(const char* folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Bytes> corpus;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size) {
  Bytes bytes(data, data + size);
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) change_once(bytes);
  bytes.resize(std::min(bytes.size(), max_size));
  std::ranges::copy(bytes, data);
  return bytes.size();
}

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s FOLDER INPUTS\n", argv[0]);
    return 2;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    std::signal(signal, keep_input);
  const std::vector<Bytes> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "fuzz: no files in %s\n", argv[1]);
    return 1;
  }
  const std::size_t inputs = std::max(std::stoul(argv[2]), corpus.size());
  for (std::size_t i = 0; i < inputs; ++i) {
    input = corpus[i % corpus.size()];
    if (i >= corpus.size()) {
      const std::size_t size = input.size();
      input.resize(std::max(size, kMaxSize));
      input.resize(mutate(input.data(), size, input.size()));
    }
    input.shrink_to_fit();  // so that what reads beyond its end is noticed where it can be
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu inputs, of which %zu are files\n", inputs, corpus.size());
}
