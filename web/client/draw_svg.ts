// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SVG as pixels. Browsers draw it only where there is a document, and many files state no size.

import type { Pixels } from "../engine/pictures";

/** Along each side, this many pixels are drawn for every pixel of the fitted picture. */
const SCALE = 4;
const DEFAULT_SIDE = 32;

/**
 * Drawn so that its longer side is SCALE times `side`; null if it cannot be drawn. Nothing in it loads
 * or runs: it is an image.
 */
export async function drawSvg(
  svg: Uint8Array<ArrayBuffer>,
  side: number = DEFAULT_SIDE,
): Promise<Pixels | null> {
  const text = new TextDecoder().decode(svg);
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg") return null;
  const { width, height } = extentsOf(root);
  const scale = (SCALE * side) / Math.max(width, height);
  const pixels = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  root.setAttribute("width", String(pixels.width));
  root.setAttribute("height", String(pixels.height));
  // Without one, the contents would not follow the size.
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const drawn = encodeURIComponent(new XMLSerializer().serializeToString(root));
  return drawImage(`data:image/svg+xml,${drawn}`, pixels.width, pixels.height);
}

/** As the file states them, in lengths of its own; without any, a square's. */
function extentsOf(root: Element): { readonly width: number; readonly height: number } {
  const length = (name: string) => Number.parseFloat(root.getAttribute(name) ?? "");
  const isPercent = (name: string) => root.getAttribute(name)?.includes("%") ?? false;
  const stated = { width: length("width"), height: length("height") };
  const isLength = (value: number) => value > 0 && Number.isFinite(value);
  const valid = (size: { width: number; height: number }) =>
    isLength(size.width) && isLength(size.height);
  if (valid(stated) && !isPercent("width") && !isPercent("height")) return stated;
  const [, , width = 0, height = 0] = (root.getAttribute("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return valid({ width, height }) ? { width, height } : { width: 100, height: 100 };
}

async function drawImage(address: string, width: number, height: number): Promise<Pixels | null> {
  const image = new Image(width, height);
  image.src = address;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  try {
    await image.decode();
    context.drawImage(image, 0, 0, width, height);
    // Browsers do not give back the pixels of some SVGs that have HTML in them.
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, rgba: data as Uint8ClampedArray<ArrayBuffer> };
  } catch {
    return null;
  }
}
