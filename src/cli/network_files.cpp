// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Exported networks in each format; see network_files.h.
#include "cli/network_files.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/files.h"
#include "cli/text.h"
#include "io/checkpoint.h"
#include "io/checksum.h"

namespace ganvas::cli {
namespace {

struct NetworkFile {
  std::string contents;  // "the generator"
  std::vector<std::uint8_t> bytes;
};

std::vector<std::uint8_t> save(Trainer<float>& trainer, bool both, Dtype dtype) {
  return both ? save_networks(trainer, dtype) : save_generator(trainer, dtype);
}

constexpr int kF16Bits = 11;  // significant ones, of which a number has the first implicitly

/// Rounds the f16 weights of a safetensors file to nearest even of fewer significant bits. As whole
/// numbers, halves of one sign have their own order.
void round_halves(std::vector<std::uint8_t>& file, int significant_bits) {
  std::uint64_t header = 0;
  std::memcpy(&header, file.data(), sizeof header);
  const int dropped = kF16Bits - significant_bits;
  for (std::size_t at = sizeof header + header; at + 1 < file.size(); at += 2) {
    const unsigned half = file[at] | file[at + 1] << 8U;
    const unsigned last_kept = half >> dropped & 1U;
    const unsigned below_half = (1U << (dropped - 1)) - 1;
    const unsigned rounded = (half + below_half + last_kept) >> dropped << dropped;
    file[at] = rounded & 0xffU;
    file[at + 1] = rounded >> 8U & 0xffU;
  }
  set_checksum(file);
}

Result<NetworkFile> safetensors_of(Trainer<float>& trainer, bool both,
                                   const NetworkFileOptions& options) {
  if (!options.network.empty() || options.class_mix) {
    return Error{ErrorCode::invalid_argument,
                 "--network and --class-mix are for ONNX files (.onnx), which hold one network"};
  }
  const std::string contents = both ? "both networks" : "the generator";
  const Dtype dtype = options.dtype == "bf16"  ? Dtype::bf16
                      : options.dtype == "f16" ? Dtype::f16
                                               : Dtype::f32;
  std::vector<std::uint8_t> bytes = save(trainer, both, dtype);
  if (options.significant_bits) round_halves(bytes, *options.significant_bits);
  // Weights above 65504 overflow to infinity in f16; reading the file back detects that.
  if (const auto readable = load_checkpoint(bytes, trainer.pool()); !readable) {
    return Error{readable.error().code, contents + " cannot be written as " + options.dtype + ": " +
                                            readable.error().message};
  }
  return NetworkFile{contents, std::move(bytes)};
}

Result<NetworkFile> onnx_of(Trainer<float>& trainer, const NetworkFileOptions& options) {
  if (options.dtype == "bf16") {
    return Error{
        ErrorCode::invalid_argument,
        "bf16 is for safetensors; ONNX files can have f32 or f16, which all of ONNX Runtime reads"};
  }
  const bool both = trainer.holds() != Holds::generator;
  const bool generator = options.network != name_of(Network::discriminator);
  const OnnxOptions onnx{.network = generator ? Network::generator : Network::discriminator,
                         .dtype = options.dtype == "f16" ? Dtype::f16 : Dtype::f32,
                         .class_mix = options.class_mix};
  GANVAS_ASSIGN_OR_RETURN(std::vector<std::uint8_t> bytes,
                          export_onnx(save(trainer, both, Dtype::f32), onnx));
  return NetworkFile{"the " + std::string(name_of(onnx.network)), std::move(bytes)};
}

}  // namespace

std::optional<NetworkFormat> format_of(const std::string& path) {
  if (path.ends_with(".safetensors")) return NetworkFormat::safetensors;
  if (path.ends_with(".onnx")) return NetworkFormat::onnx;
  return std::nullopt;
}

void add_network_options(CLI::App& command, NetworkFileOptions& options) {
  command
      .add_option("--dtype", options.dtype,
                  "f32, or f16 or bf16 for half the file size; bf16 has the range of f32, but "
                  "8 bits of precision, and is not for ONNX")
      ->check(CLI::IsMember({"f32", "f16", "bf16"}))
      ->type_name("TYPE")
      ->capture_default_str();
  command
      .add_option("--significant-bits", options.significant_bits,
                  "Round f16 weights to this many significant bits, of 11: gzip makes a smaller "
                  "file of them. ganvas eval tells what that changes")
      ->transform(whole_number(2, kF16Bits - 1))
      ->type_name("N");
  command
      .add_option("--network", options.network,
                  "The network of an ONNX file: generator (the default) or discriminator")
      ->check(CLI::IsMember({"generator", "discriminator"}))
      ->type_name("NAME");
  command.add_flag(
      "--class-mix", options.class_mix,
      "The generator of an ONNX file takes a weight for each class (class_weights), so "
      "that classes can be mixed, instead of one label");
}

Status write_networks(const LoadedModel& model, const std::string& out, NetworkFormat format,
                      bool both, const NetworkFileOptions& options) {
  if (options.significant_bits && (format == NetworkFormat::onnx || options.dtype != "f16")) {
    return Error{ErrorCode::invalid_argument,
                 "--significant-bits is for safetensors files with --dtype f16"};
  }
  Trainer<float>& trainer = *model.trainer;
  GANVAS_ASSIGN_OR_RETURN(const NetworkFile file, format == NetworkFormat::onnx
                                                      ? onnx_of(trainer, options)
                                                      : safetensors_of(trainer, both, options));
  GANVAS_RETURN_IF_ERROR(write_file(out, file.bytes));
  std::fprintf(stderr, "%s after %s written to %s (%s, %s)\n", file.contents.c_str(),
               counted(trainer.steps(), "step").c_str(), one_line(out).c_str(),
               options.dtype.c_str(), file_size(file.bytes.size()).c_str());
  return {};
}

}  // namespace ganvas::cli
