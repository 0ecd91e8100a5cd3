// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers that only change shapes; see reshape.h.
#include "nn/reshape.h"

#include "nn/layer_site.h"

namespace ganvas {

template <typename T>
LayerPointer<T> FlattenSpec::build(const LayerSite<T>&) const {
  return nullptr;
}
GANVAS_INSTANTIATE_BUILD(FlattenSpec);

Inferred ReshapeSpec::infer(const LayerInput& input) const {
  const Shape output{channels, height, width};
  if (element_count(output) != element_count(input.shape)) {
    return Misfit{.kind = ProblemKind::size_mismatch, .wanted = output};
  }
  return LayerShape{output};
}

template <typename T>
LayerPointer<T> ReshapeSpec::build(const LayerSite<T>&) const {
  return nullptr;
}
GANVAS_INSTANTIATE_BUILD(ReshapeSpec);

}  // namespace ganvas
