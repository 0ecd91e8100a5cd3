// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Bounded decompression, and compression; see gzip.h.
#include "cli/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <new>
#include <string>

namespace ganvas::cli {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's largest window (15), plus 16 for a gzip header

/// zlib's sizes are unsigned int.
uInt chunk(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

class Inflater {
 public:
  Inflater() {
    if (inflateInit2(&stream_, kGzipWindow) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream* operator->() { return &stream_; }
  z_stream* get() { return &stream_; }

 private:
  z_stream stream_{};
};

}  // namespace

bool is_gzip(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

Result<std::vector<std::uint8_t>> inflate_gzip(std::span<const std::uint8_t> bytes,
                                               std::size_t max_size) {
  if (!is_gzip(bytes)) return Error{ErrorCode::bad_magic, "not a gzip file"};
  Inflater inflater;
  std::vector<std::uint8_t> out;
  std::size_t size = 0;
  while (true) {
    if (size == out.size()) {
      if (size > max_size) {
        return Error{ErrorCode::too_large,
                     "inflates to more than " + std::to_string(max_size >> 20) + " MB"};
      }
      out.resize(std::min(std::max<std::size_t>(2 * size, 1 << 20), max_size + 1));
    }
    inflater->next_in = const_cast<Bytef*>(bytes.data());  // zlib does not write to it
    inflater->avail_in = chunk(bytes.size());
    inflater->next_out = out.data() + size;
    inflater->avail_out = chunk(out.size() - size);
    const uInt available = inflater->avail_out;
    const int outcome = inflate(inflater.get(), Z_NO_FLUSH);
    bytes = bytes.last(bytes.size() - static_cast<std::size_t>(inflater->next_in - bytes.data()));
    size += available - inflater->avail_out;

    if (outcome == Z_STREAM_END) {
      if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; })) break;
      if (!is_gzip(bytes)) {
        return Error{ErrorCode::malformed, "the gzip data is followed by other data"};
      }
      inflateReset(inflater.get());
    } else if (outcome == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
      return Error{ErrorCode::malformed,
                   std::string("damaged gzip data (") +
                       (inflater->msg ? inflater->msg : "unexpected dictionary") + ")"};
    } else if (bytes.empty() && size < out.size()) {
      return Error{ErrorCode::truncated, "the gzip data ends early"};
    }
  }
  out.resize(size);
  if (size > max_size) {
    return Error{ErrorCode::too_large,
                 "inflates to more than " + std::to_string(max_size >> 20) + " MB"};
  }
  return out;
}

std::vector<std::uint8_t> deflate_gzip(std::span<const std::uint8_t> bytes) {
  z_stream stream{};
  constexpr int kMemoryLevel = 8;  // zlib's default
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::vector<std::uint8_t> out(deflateBound(&stream, static_cast<uLong>(bytes.size())));
  stream.next_in = const_cast<Bytef*>(bytes.data());
  stream.next_out = out.data();
  stream.avail_in = chunk(bytes.size());
  stream.avail_out = chunk(out.size());
  [[maybe_unused]] const int outcome = deflate(&stream, Z_FINISH);
  assert(outcome == Z_STREAM_END);
  out.resize(static_cast<std::size_t>(stream.next_out - out.data()));
  deflateEnd(&stream);
  return out;
}

}  // namespace ganvas::cli
