// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Classes by folders; see picture_files.h.
#include "pictures/picture_files.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "pictures/picture_set.h"

namespace ganvas {
namespace {

struct Candidate {
  std::size_t index;                 // in the tree
  std::vector<std::string> folders;  // from the outermost
};

std::vector<std::string> folders_of(std::string_view path) {
  std::vector<std::string> folders;
  std::size_t slash = path.find('/');
  while (slash != std::string_view::npos) {
    folders.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
    slash = path.find('/');
  }
  return folders;
}

/// Removes the folders that all candidates lie in.
void drop_common_folders(std::vector<Candidate>& candidates) {
  std::size_t common = candidates.front().folders.size();
  for (const Candidate& candidate : candidates) {
    const auto [mine, first] = std::ranges::mismatch(candidate.folders, candidates.front().folders);
    common = std::min(common, static_cast<std::size_t>(mine - candidate.folders.begin()));
  }
  for (Candidate& candidate : candidates)
    candidate.folders.erase(candidate.folders.begin(),
                            candidate.folders.begin() + static_cast<std::ptrdiff_t>(common));
}

/// Where the outermost folders are parts of a split set, leaves the training part.
void keep_training_part(const FileTree& tree, std::vector<Candidate>& candidates,
                        LeftOut& left_out) {
  static constexpr std::array<std::string_view, 7> kParts{
      "train", "training", "test", "testing", "val", "valid", "validation"};
  const auto part_of = [](const Candidate& candidate) {
    return candidate.folders.empty() ? std::string() : lower_case(candidate.folders.front());
  };
  const auto is_training = [&](const Candidate& candidate) {
    return part_of(candidate).starts_with("train");
  };
  // A picture beside the parts belongs to none.
  const bool split = std::ranges::all_of(candidates, [&](const Candidate& candidate) {
    return candidate.folders.empty() ||
           std::ranges::find(kParts, part_of(candidate)) != kParts.end();
  });
  if (!split || std::ranges::none_of(candidates, is_training)) return;
  std::erase_if(candidates, [&](const Candidate& candidate) {
    if (is_training(candidate)) return false;
    left_out.add(LeftOutReason::other_part, "of another part than the training pictures",
                 tree.names()[candidate.index]);
    return true;
  });
  drop_common_folders(candidates);
}

/// The class of each candidate, as a number among `names`; without classes all are 0.
Result<std::vector<std::size_t>> classes_of(const FileTree& tree,
                                            std::vector<Candidate>& candidates,
                                            std::vector<std::string>& names, LeftOut& left_out) {
  std::set<std::string> folders;
  for (const Candidate& candidate : candidates)
    if (!candidate.folders.empty()) folders.insert(candidate.folders.front());
  if (folders.size() > PictureSet::kMaxClasses) {
    return Error{ErrorCode::too_many_classes, "there are " + std::to_string(folders.size()) +
                                                  " folders of pictures, and there can be " +
                                                  std::to_string(PictureSet::kMaxClasses) +
                                                  " classes"};
  }
  names.assign(folders.begin(), folders.end());
  if (!names.empty()) {
    std::erase_if(candidates, [&](const Candidate& candidate) {
      if (!candidate.folders.empty()) return false;
      left_out.add(LeftOutReason::beside_classes, "beside the folders that are classes",
                   tree.names()[candidate.index]);
      return true;
    });
  }
  std::vector<std::size_t> classes;
  for (const Candidate& candidate : candidates) {
    const auto name = candidate.folders.empty()
                          ? names.begin()
                          : std::ranges::lower_bound(names, candidate.folders.front());
    classes.push_back(static_cast<std::size_t>(name - names.begin()));
  }
  return classes;
}

std::vector<Candidate> find_candidates(const FileTree& tree, LeftOut& left_out) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < tree.names().size(); ++i) {
    if (is_picture_name(tree.names()[i])) candidates.push_back({i, folders_of(tree.names()[i])});
  }
  for (std::size_t i = 0; !candidates.empty() && i < tree.names().size(); ++i) {
    if (!is_picture_name(tree.names()[i]))
      left_out.add(LeftOutReason::no_picture_name, "no picture by its name", tree.names()[i]);
  }
  return candidates;
}

}  // namespace

bool is_picture_name(const std::string& name) {
  static constexpr std::array<std::string_view, 11> kExtensions{
      ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".svg", ".bmp", ".avif", ".heic"};
  const std::string lower = lower_case(name);
  return std::ranges::any_of(kExtensions, [&](auto end) { return lower.ends_with(end); });
}

Result<PicturePlan> plan_pictures(const FileTree& tree, LeftOut& left_out) {
  PicturePlan plan;
  std::vector<Candidate> candidates = find_candidates(tree, left_out);
  if (candidates.empty()) return plan;
  drop_common_folders(candidates);
  keep_training_part(tree, candidates, left_out);
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::size_t> classes,
                          classes_of(tree, candidates, plan.folders, left_out));
  for (const std::size_t i : alternate_classes(classes))
    plan.files.push_back({candidates[i].index, classes[i]});
  return plan;
}

}  // namespace ganvas
