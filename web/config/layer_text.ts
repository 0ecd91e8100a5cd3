// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers as text in a link: each is its type and its fields in the core's order, separated by colons:
// `linear:256,leaky_relu:0.2,conv2d:16:5:2:2`. Trailing default values are left out.

import { LAYERS } from "../engine/generated/description/layers";
import type { LayerConfig, LayerType } from "../engine/types";
import { accepts, type NumberField, parseNumber } from "./fields";

export type LayerField = NumberField & { readonly name: string };

export const LAYER_TYPES = Object.keys(LAYERS) as LayerType[];

export function fieldsOf(type: LayerType): LayerField[] {
  const fields: Readonly<Record<string, NumberField>> = LAYERS[type].fields;
  return Object.entries(fields).map(([name, field]) => ({ ...field, name }));
}

/** The field's value, or its default if the layer leaves it out; NaN if it has neither. */
export function fieldValue(layer: LayerConfig, field: LayerField): number {
  const value = (layer as Readonly<Record<string, unknown>>)[field.name];
  return typeof value === "number" ? value : (field.default ?? Number.NaN);
}

/** A layer with these values in the order of its fields; the rest get defaults or minimum values. */
export function makeLayer(type: LayerType, values: readonly number[]): LayerConfig {
  const fields = fieldsOf(type).map((field, i) => [
    field.name,
    values[i] ?? field.default ?? field.range.least,
  ]);
  return { type, ...Object.fromEntries(fields) } as LayerConfig;
}

export function printLayers(layers: readonly LayerConfig[]): string {
  return layers.map(printLayer).join(",");
}

function printLayer(layer: LayerConfig): string {
  const fields = fieldsOf(layer.type);
  const values = fields.map((field) => fieldValue(layer, field));
  while (values.length > 0 && values.at(-1) === fields[values.length - 1]?.default) values.pop();
  return [layer.type, ...values].join(":");
}

/** Null if a type is unknown, a value is missing or out of range, or there are too many values. */
export function parseLayers(text: string): LayerConfig[] | null {
  const layers = text.split(",").map(parseLayer);
  return layers.every((layer) => layer !== null) ? layers : null;
}

function parseLayer(word: string): LayerConfig | null {
  const [name, ...texts] = word.split(":");
  const type = LAYER_TYPES.find((known) => known === name);
  if (type === undefined) return null;
  const fields = fieldsOf(type);
  const values = texts.map(parseNumber);
  const required = fields.filter((field) => field.default === undefined).length;
  if (values.length < required || values.length > fields.length) return null;
  const valid = values.every((value, index) => {
    const field = fields[index];
    return field !== undefined && accepts(field, value);
  });
  return valid ? makeLayer(type, values) : null;
}
