// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Telling arrays by their names and shapes; see npz.h.
#include "pictures/npz.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "pictures/npy.h"
#include "pictures/picture_set.h"

namespace ganvas {
namespace {

/// An array with what its name and shape say.
struct Member {
  std::string file;  // in the archive
  std::string name;  // in lower case, without .npy
  std::vector<std::size_t> shape;
  Bytes bytes;
};

bool may_be_labels(const std::vector<std::size_t>& shape) {
  return shape.size() == 1 || (shape.size() == 2 && shape[1] == 1);
}

bool is_training_name(const std::string& name) {
  return name.find("train") != std::string::npos;
}

constexpr int kUnnamed = 2;

/// "y_train" and "y" are usual for labels, 0; others at least say that they are, 1.
int rarity_as_labels(std::string name) {
  if (const std::size_t at = name.find("train"); at != std::string::npos) name.erase(at, 5);
  std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
  constexpr std::array<std::string_view, 7> kUsual{"labels", "label",   "y",    "targets",
                                                   "target", "classes", "class"};
  if (std::ranges::find(kUsual, name) != kUsual.end()) return 0;
  return name.find("label") != std::string::npos ? 1 : kUnnamed;
}

/// Members of a kind: what is not called labels first; with "train" in the name before others, and
/// those before tests; then by the number of axes, of which pictures have more than tables.
template <typename F>
std::vector<const Member*> choose(const std::vector<Member>& members, F is_of_kind) {
  std::vector<const Member*> chosen;
  for (const Member& member : members)
    if (is_of_kind(member)) chosen.push_back(&member);
  std::ranges::stable_sort(chosen, {}, [](const Member* member) {
    return std::tuple(rarity_as_labels(member->name) < kUnnamed, !is_training_name(member->name),
                      is_test_name(member->name), -static_cast<int>(member->shape.size()));
  });
  return chosen;
}

constexpr std::array<std::string_view, 3> kClassNames{"class_names", "label_names", "classes"};

/// In lower case, without .npy.
std::string member_name(const std::string& file) {
  return lower_case(file.substr(0, file.size() - 4));
}

/// The names of classes, if they are there and a set can have so many.
std::vector<std::string> class_names_in(const FileTree& tree, const std::vector<Bytes>& contents) {
  for (const std::string_view wanted : kClassNames) {
    for (std::size_t i = 0; i < contents.size(); ++i) {
      if (member_name(tree.names()[i]) != wanted) continue;
      Result<std::vector<std::string>> names = parse_npy_texts(contents[i]);
      if (names && names.value().size() <= PictureSet::kMaxClasses) return std::move(names).value();
    }
  }
  return {};
}

/// Whether numbers that are not called labels can be some: few whole ones, which repeat.
bool repeat(const Result<std::vector<std::int64_t>>& labels) {
  if (!labels) return false;
  const std::set<std::int64_t> classes(labels.value().begin(), labels.value().end());
  return classes.size() <=
         std::min<std::size_t>(PictureSet::kMaxClasses, labels.value().size() / 2);
}

/// Gives pictures their labels, if any array may be labels of so many. Returns the array's file.
Result<std::string> find_labels(const std::vector<Member>& members, const Member& pictures,
                                ArrayPictures& read) {
  std::vector<const Member*> candidates = choose(members, [&](const Member& member) {
    return may_be_labels(member.shape) && member.shape[0] == read.found.pictures.count &&
           is_test_name(member.name) == is_test_name(pictures.name);
  });
  std::ranges::stable_sort(candidates, {},
                           [](const Member* member) { return rarity_as_labels(member->name); });
  for (const Member* candidate : candidates) {
    GANVAS_ASSIGN_OR_RETURN(const NumberArray array, parse_npy(candidate->bytes));
    Result<std::vector<std::int64_t>> labels = labels_of(array);
    if (rarity_as_labels(candidate->name) == kUnnamed && !repeat(labels)) continue;
    GANVAS_ASSIGN_OR_RETURN(read.found.labels, std::move(labels));
    return candidate->file;
  }
  return std::string();
}

/// Which arrays are taken, if others that are not the test part's could have been meant.
std::optional<ArrayNames> names_of_taken(const FileTree& tree, const std::string& pictures,
                                         const std::string& labels, bool has_class_names) {
  const auto short_of = [](const std::string& file) {
    return file.substr(0, file.size() - std::min<std::size_t>(file.size(), 4));
  };
  ArrayNames names{short_of(pictures), short_of(labels), {}};
  for (const std::string& file : tree.names()) {
    const std::string name = member_name(file);
    const bool names_classes =
        has_class_names && std::ranges::find(kClassNames, name) != kClassNames.end();
    const bool other_part = is_test_name(name) != is_test_name(member_name(pictures));
    if (file != pictures && file != labels && !names_classes && !other_part)
      names.unused.push_back(short_of(file));
  }
  return names.unused.empty() ? std::nullopt : std::optional(std::move(names));
}

}  // namespace

bool is_npz(const FileTree& tree) {
  return !tree.names().empty() && std::ranges::all_of(tree.names(), [](const std::string& name) {
    return name.ends_with(".npy") && name.find('/') == std::string::npos;
  });
}

Result<ArrayPictures> read_npz(FileTree& tree) {
  const std::string& path = tree.path();
  std::vector<Bytes> contents;
  std::size_t total = 0;
  for (std::size_t i = 0; i < tree.names().size(); ++i) {
    Result<Bytes> content = tree.read(i, 4 * kMaxArrayFile);
    if (!content) return with_path(tree.path_of(i), content.error());
    total += content.value().size();
    if (total > kMaxSetSize)
      return with_path(path, {ErrorCode::too_large, "holds more than 2 GB of arrays"});
    contents.push_back(std::move(content).value());
  }
  ArrayPictures read{path, {}, false, class_names_in(tree, contents)};
  std::vector<Member> members;
  std::string list;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const std::string& file = tree.names()[i];
    const Result<NumberArray> array = parse_npy(contents[i]);
    list += (list.empty() ? "" : ", ") + file + " " +
            (array ? array.value().describe() : array.error().message);
    if (!array) continue;
    std::vector<std::size_t> shape = array.value().shape;
    members.push_back({file, member_name(file), std::move(shape), std::move(contents[i])});
  }
  const auto refuse = [&](const std::string& why) {
    return with_path(path, {ErrorCode::shape_mismatch, why + "; it holds " + list});
  };
  const std::vector<const Member*> pictures = choose(members, [](const Member& member) {
    return member.shape.size() >= 2 && !may_be_labels(member.shape);
  });
  if (pictures.empty()) return refuse("none of its arrays are pictures");
  GANVAS_ASSIGN_OR_RETURN(const NumberArray array, parse_npy(pictures.front()->bytes));
  Result<PictureArray> found = pictures_of(array);
  if (!found) return refuse(found.error().message);
  read.found.pictures = std::move(found).value();
  const Result<std::string> labels = find_labels(members, *pictures.front(), read);
  if (!labels) return refuse(labels.error().message);
  read.names =
      names_of_taken(tree, pictures.front()->file, labels.value(), !read.class_names.empty());
  return read;
}

}  // namespace ganvas
