// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What write_service_worker.mjs knows of the build, and puts in the place of these names.

/** A file of the site, as Workbox wants it. */
interface KeptFile {
  /** Relative to the site's root. */
  readonly url: string;
  /** Null if the name changes with the content. */
  readonly revision: string | null;
  /** Digests, of which the content has to match one. */
  readonly integrity: string;
}

/** Names this build of the site's code. */
declare const BUILD: string;
declare const CODE: KeptFile[];
/** Digits and models. */
declare const DATA: KeptFile[];
/** Files that are kept once a page has read them to their end. */
declare const LARGE: KeptFile[];
