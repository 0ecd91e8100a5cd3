// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes shapes and norms; see networks_json.h.
#include "io/networks_json.h"

#include <cmath>
#include <span>

#include "io/json.h"

namespace ganvas {
namespace {

double norm_of(std::span<const float> values) {
  double squares = 0;
  for (const float value : values) squares += static_cast<double>(value) * value;
  return std::sqrt(squares);
}

void write_network(JsonWriter& writer, const Trainer<float>& trainer, Network which) {
  const Sequential<float>& network = trainer.network(which);
  const Parameters<float>& parameters = network.parameters();
  const std::string name(name_of(which));
  write_key(writer, name);
  writer.StartObject();
  writer.Key("shapes");
  writer.StartArray();
  for (const Shape& shape : network.output_shapes()) write_json(writer, shape);
  writer.EndArray();
  writer.Key("tensors");
  writer.StartArray();
  for (const NamedTensor& tensor : parameters.list()) {
    writer.StartObject();
    write_member(writer, "name", name + "." + tensor.name);
    write_member(writer, "shape", tensor.shape);
    write_member(writer, "norm", norm_of(parameters.slice(parameters.values(), tensor)));
    write_member(writer, "gradient_norm",
                 norm_of(parameters.slice(parameters.gradients(), tensor)));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

}  // namespace

std::string networks_to_json(const Trainer<float>& trainer) {
  JsonText text;
  JsonWriter writer(text);
  writer.StartObject();
  write_network(writer, trainer, Network::generator);
  write_network(writer, trainer, Network::discriminator);
  writer.EndObject();
  return text.GetString();
}

}  // namespace ganvas
