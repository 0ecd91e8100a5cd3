// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading anybody's pictures as a separate JavaScript module, which the page loads only for them;
// see values.h for conversions. JavaScript reads files and decodes pictures. It runs once for each
// set, so one tier serves every browser.
#include <emscripten/bind.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pictures/npz.h"
#include "pictures/picture_reader.h"
#include "wasm/out_of_memory.h"
#include "wasm/values.h"

namespace {

using emscripten::val;
using ganvas::Error;
using ganvas::ErrorCode;
using ganvas::LeftOutReason;
using ganvas::Reading;
using ganvas::ReadingOptions;
using ganvas::Result;
using ganvas::Status;
using ganvas::wasm::Bytes;
using ganvas::wasm::copied_array;
using ganvas::wasm::failure;
using ganvas::wasm::nothing_or;
using ganvas::wasm::NothingOutcome;
using ganvas::wasm::union_of;

EMSCRIPTEN_DECLARE_VAL_TYPE(Names)
EMSCRIPTEN_DECLARE_VAL_TYPE(ReadFile)
EMSCRIPTEN_DECLARE_VAL_TYPE(Options)
EMSCRIPTEN_DECLARE_VAL_TYPE(ReaderOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(ReadingOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(Reason)

/// The value of an enum that has this name.
template <typename E>
E value_of(const std::string& name, E otherwise) {
  const auto& names = ganvas::kEnumNames<E>;
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? otherwise : static_cast<E>(found - names.begin());
}

/// Files that a JavaScript function reads, by their place among the names that were given.
class ScriptTree : public ganvas::FileTree {
 public:
  ScriptTree(const std::string& path, const Names& names, ReadFile read)
      : FileTree(path), read_(std::move(read)) {
    std::vector<std::string> given(names["length"].as<std::size_t>());
    for (std::size_t i = 0; i < given.size(); ++i) given[i] = names[i].as<std::string>();
    for (std::size_t i = 0; i < given.size(); ++i)
      if (!ganvas::is_clutter(given[i])) files_.push_back(i);
    std::ranges::sort(files_, {}, [&](std::size_t i) { return given[i]; });
    for (const std::size_t i : files_) names_.push_back(given[i]);
  }

  Status check() const {
    if (names_.size() > kMaxFiles) return too_many_files();
    return {};
  }

  Result<ganvas::Bytes> read(std::size_t index, std::size_t max_size) override {
    const val outcome = read_(files_[index], max_size);
    const val error = outcome["error"];
    if (error.isUndefined()) return ganvas::wasm::copied_bytes(outcome);
    return Error{value_of(error["code"].as<std::string>(), ErrorCode::io_failure),
                 error["message"].as<std::string>()};
  }
  std::string path_of(std::size_t index) const override { return names_[index]; }

  std::size_t given_place(std::size_t index) const { return files_[index]; }
  std::size_t index_of(std::size_t given) const {
    return static_cast<std::size_t>(std::ranges::find(files_, given) - files_.begin());
  }

 private:
  ReadFile read_;
  std::vector<std::size_t> files_;  // of each name, its place among those given
};

ReadingOptions options_of(const Options& given) {
  ReadingOptions options;
  if (!given["side"].isUndefined()) options.side = given["side"].as<int>();
  if (!given["colour"].isUndefined()) options.colour = given["colour"].as<bool>();
  options.pad = given["pad"].as<bool>();
  options.invert = given["invert"].as<bool>();
  options.transpose = given["transpose"].as<bool>();
  for (std::size_t i = 0; i < options.ground.size(); ++i)
    options.ground[i] = static_cast<std::uint8_t>(given["ground"][i].as<int>());
  return options;
}

val left_out_in(const Reading& reading) {
  val list = val::array();
  for (const auto& [text, files] : reading.left_out.by_text()) {
    val entry = val::object();
    entry.set("reason", std::string(ganvas::name_of(files.reason)));
    entry.set("count", files.count);
    entry.set("examples", val::array(files.examples));
    list.call<void>("push", entry);
  }
  return list;
}

class PictureReader {
 public:
  static ReaderOutcome create(const std::string& path, const Names& names, const ReadFile& read,
                              const Options& options) {
    auto reader = std::make_shared<PictureReader>(path, names, read, options);
    const Status status = reader->tree_.check();
    if (!status) return ReaderOutcome(failure(status.error()));
    return ReaderOutcome(val(reader));
  }

  PictureReader(const std::string& path, const Names& names, const ReadFile& read,
                const Options& options)
      : tree_(path, names, read), reader_(tree_, options_of(options)) {}

  bool is_npz() const { return ganvas::is_npz(tree_); }
  NothingOutcome read_tree() { return nothing_or(reader_.read_tree()); }
  NothingOutcome read_npz() { return nothing_or(reader_.read_npz()); }
  /// The file at this place among the names that were given.
  NothingOutcome read_file(std::size_t place) {
    const std::size_t index = tree_.index_of(place);
    if (index == tree_.names().size())
      return nothing_or(Error{ErrorCode::not_found, "cannot read a hidden file"});
    return nothing_or(reader_.read_file(index));
  }

  std::size_t count() const { return reader_.count(); }
  /// The place of the next file to decode among the names that were given, or -1.
  int next() {
    const std::optional<std::size_t> index = reader_.next();
    return index ? static_cast<int>(tree_.given_place(*index)) : -1;
  }
  /// Pixels (height, width, RGBA).
  NothingOutcome add(int width, int height, const Bytes& rgba) {
    const std::vector<std::uint8_t> pixels = ganvas::wasm::copied_bytes(rgba);
    const bool fits =
        width > 0 && height > 0 &&
        pixels.size() / 4 / static_cast<std::size_t>(width) == static_cast<std::size_t>(height) &&
        pixels.size() % (4 * static_cast<std::size_t>(width)) == 0;
    if (!fits) {
      return nothing_or(Error{ErrorCode::shape_mismatch,
                              std::to_string(pixels.size()) + " bytes are no RGBA pixels of " +
                                  std::to_string(width) + " x " + std::to_string(height)});
    }
    return nothing_or(reader_.add({width, height, pixels}));
  }
  void leave_out(const Reason& reason) {
    const auto name = reason.as<std::string>();
    reader_.leave_out(value_of(name, LeftOutReason::unreadable), name);
  }

  ReadingOutcome finish() {
    Result<Reading> outcome = reader_.finish();
    if (!outcome) return ReadingOutcome(failure(outcome.error()));
    ganvas::PictureSet& read = outcome.value().set;
    for (std::string& name : read.class_names) name = ganvas::class_name(name);
    val set = val::object();
    set.set("id", ganvas::id_of(read));
    set.set("channels", read.channels);
    set.set("side", read.side);
    set.set("pixels", copied_array<std::uint8_t>(read.pixels));
    set.set("labels", copied_array<std::uint8_t>(read.labels));
    set.set("classes", read.classes);
    set.set("classNames", val::array(read.class_names));
    val notes = val::array();
    for (const ganvas::ReadingNote note : outcome.value().notes)
      notes.call<void>("push", std::string(ganvas::name_of(note)));
    val reading = val::object();
    if (const std::optional<ganvas::ArrayNames>& arrays = outcome.value().arrays) {
      val names = val::object();
      names.set("pictures", arrays->pictures);
      names.set("labels", arrays->labels);
      names.set("unused", val::array(arrays->unused));
      reading.set("arrays", names);
    }
    reading.set("set", set);
    reading.set("leftOut", left_out_in(outcome.value()));
    reading.set("notes", notes);
    return ReadingOutcome(reading);
  }

 private:
  ScriptTree tree_;
  ganvas::PictureReader reader_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(ganvas_pictures) {
  ganvas::wasm::throw_when_out_of_memory();
  ganvas::wasm::declare_type<Bytes>("Uint8Array | Uint8ClampedArray");
  ganvas::wasm::declare_type<Names>("readonly string[]");
  ganvas::wasm::declare_type<ReadFile>(
      "(place: number, maxSize: number) => Uint8Array | " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<Options>(
      "{ side?: number; colour?: boolean; pad: boolean; invert: boolean; transpose: boolean; "
      "ground: readonly number[] }");
  ganvas::wasm::declare_type<ReaderOutcome>("PictureReader | " GANVAS_TS_FAILURE);
  ganvas::wasm::declare_type<NothingOutcome>("null | " GANVAS_TS_FAILURE);
#if defined(GANVAS_DECLARATIONS)
  static const std::string reason = union_of<LeftOutReason>();
  static const std::string reading =
      "{ set: { id: string; channels: 1 | 3; side: number; pixels: Uint8Array<ArrayBuffer>; "
      "labels: "
      "Uint8Array<ArrayBuffer>; classes: number; classNames: string[] }; leftOut: { reason: " +
      reason + "; count: number; examples: string[] }[]; notes: (" +
      union_of<ganvas::ReadingNote>() +
      ")[]; arrays?: { pictures: string; labels: string; unused: string[] } } | " GANVAS_TS_FAILURE;
  ganvas::wasm::declare_type<Reason>(reason.c_str());
  ganvas::wasm::declare_type<ReadingOutcome>(reading.c_str());
#else
  ganvas::wasm::declare_type<Reason>("");
  ganvas::wasm::declare_type<ReadingOutcome>("");
#endif

  emscripten::class_<PictureReader>("PictureReader")
      .smart_ptr<std::shared_ptr<PictureReader>>("PictureReader")
      .function("isNpz", &PictureReader::is_npz)
      .function("readTree", &PictureReader::read_tree)
      .function("readNpz", &PictureReader::read_npz)
      .function("readFile", &PictureReader::read_file)
      .function("count", &PictureReader::count)
      .function("next", &PictureReader::next)
      .function("add", &PictureReader::add)
      .function("leaveOut", &PictureReader::leave_out)
      .function("finish", &PictureReader::finish);
  emscripten::function("createReader", &PictureReader::create);
}
