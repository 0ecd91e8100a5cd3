// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Each number with that of real pictures beside it; see picture_report.h.
#include "cli/picture_report.h"

#include <cstdio>
#include <string>

#include "cli/text.h"

namespace ganvas::cli {
namespace {

/// Sets below this have numbers that other pictures of the same kinds would change a lot.
constexpr int kFewPictures = 200;

std::string_view sentence_of(PictureVerdict verdict) {
  switch (verdict) {
    case PictureVerdict::unlike:
      return "the samples are not as close to the pictures yet as these are to each other";
    case PictureVerdict::collapsed:
      return "mode collapse: most of the variety of the pictures is missing";
    case PictureVerdict::memorised:
      return "many samples repeat single training pictures";
    case PictureVerdict::narrowing:
      return "a good part of the variety of the pictures is missing";
    case PictureVerdict::healthy:
      return "the samples are like the pictures, and no copies of them";
  }
  return "";
}

void print_halves(const char* name, const Compared& measure, const char* what) {
  std::printf("%-12s %.2f; real pictures have %.2f, +- %.2f: %s\n", name, measure.samples,
              measure.real, measure.spread, what);
}

void write_compared(JsonPrettyWriter& writer, const std::string& name, const Compared& measure) {
  write_member(writer, name.c_str(), measure.samples);
  write_member(writer, (name + "OfReal").c_str(), measure.real);
}

}  // namespace

void print_text(const PictureQuality& quality) {
  std::printf("verdict      %s: %s\n", std::string(name_of(quality.verdict)).c_str(),
              std::string(sentence_of(quality.verdict)).c_str());
  std::printf(
      "nearest      %s from the nearest training picture (median); pictures are %s from their "
      "nearest other\n",
      percent(quality.nearest.samples).c_str(), percent(quality.nearest.real).c_str());
  std::printf("copies       %s are near-copies of a training picture; of pictures, %s of another\n",
              percent(quality.copies.samples).c_str(), percent(quality.copies.real).c_str());
  print_halves("density", quality.density, "how much like the pictures");
  print_halves("coverage", quality.coverage, "share of the pictures with samples near them");
  print_halves("diversity", quality.diversity, "mean distance between two");
  std::printf(
      "compared     %d samples at a time, and as many real pictures, with others of the %s "
      "pictures;\n             +- is between such comparisons\n",
      quality.compared, grouped(quality.pictures).c_str());
  if (quality.pictures < kFewPictures) {
    std::printf(
        "             with fewer than %d pictures, differences up to twice what follows +- are "
        "chance\n",
        kFewPictures);
  }
}

void write_members(JsonPrettyWriter& writer, const PictureQuality& quality) {
  write_member(writer, "pictures", quality.pictures);
  write_member(writer, "compared", quality.compared);
  write_member(writer, "verdict", quality.verdict);
  write_compared(writer, "nearest", quality.nearest);
  write_compared(writer, "copies", quality.copies);
  for (const auto& [name, measure] :
       {std::pair{"density", quality.density}, std::pair{"coverage", quality.coverage},
        std::pair{"diversity", quality.diversity}}) {
    write_compared(writer, name, measure);
    write_member(writer, (std::string(name) + "Spread").c_str(), measure.spread);
  }
}

}  // namespace ganvas::cli
