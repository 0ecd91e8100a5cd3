// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Somebody's page, which has Ganvas in it.

import type { Page } from "@playwright/test";

/** Opens a page of its own style with this content, served beside the site's elements. */
export async function openWith(page: Page, body: string, style = ""): Promise<void> {
  const html = `<!doctype html><html lang="en"><title>A course</title>
    <style>body { margin: 0; font: 30px serif; color: red; text-align: center } ${style}</style>
    <script type="module" src="/element.js"></script>${body}</html>`;
  await page.route("**/course.html*", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
  );
  await page.goto("course.html?chapter=3");
}

/** Keeps the codes of the elements' errors, for errorCodes(). To stand before the elements. */
export const COLLECT_ERRORS = `<script>
    window.errors = [];
    document.addEventListener("ganvas-error", (event) => errors.push(event.detail.code));
  </script>`;

export function errorCodes(page: Page): Promise<string[]> {
  return page.evaluate(() => Reflect.get(window, "errors"));
}
