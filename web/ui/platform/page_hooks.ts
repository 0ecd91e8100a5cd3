// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What an app reads from the page around it, and what it may change there. The site's own app has
// the page's address, title and keys; an app on another page has only its own element.

import type { Locale } from "./locale_choice";
import type { Theme } from "./theme_choice";

/** Parameters of a link to set, or to remove (null). */
export type Parameters = Readonly<Record<string, string | null>>;

export interface PageHooks {
  /** The parameters as the query of a link, with its question mark. */
  readonly search: string;
  write(parameters: Parameters): void;
  /** Like `write`, but the page's Back button returns. */
  visit(parameters: Parameters): void;
  /** Calls the listener when Back or Forward has changed the parameters. Returns a function that ends it. */
  onReturn(listener: () => void): () => void;
  /** The address of a link with these parameters. */
  href(parameters: Parameters): string;
  /** Whether the app acts on this click on one of its links; if not, the browser does. */
  follows(click: MouseEvent): boolean;
  /** The link that opens what is on screen; null if the app has no page of its own. */
  readonly link: string | null;
  /** Whether runs and pictures are kept on the device: an app in another page keeps nothing there. */
  readonly keeps: boolean;
  /** Brings the top of the app into sight. */
  scrollToTop(): void;
  /** Where the app listens for keys. */
  readonly keys: EventTarget;
  /** The training worker that the page has started already, once; null if there is none. */
  takeWorker(): Worker | null;
  /** Applies the user's choice. */
  chooseTheme(theme: Theme): void;
  chooseLocale(locale: Locale): void;
}
