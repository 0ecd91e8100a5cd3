// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the names of this site's caches begin with. Caches belong to an origin, which sites share.

/** @param scope the address of the site's folder */
export function cachePrefix(scope: string): string {
  return `ganvas ${new URL(scope).pathname} `;
}
