// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether the site's service worker isolates the page, which is then allowed several threads.

/** Whether the page came from the host, which does not isolate it, and the worker will give it the next time. */
export async function isIsolatedNextTime(): Promise<boolean> {
  if (crossOriginIsolated || self !== top || navigator.serviceWorker === undefined) return false;
  const registration = await navigator.serviceWorker.getRegistration();
  const loads = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return (registration?.active ?? null) !== null && loads[0]?.workerStart === 0;
}
