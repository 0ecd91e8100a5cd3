// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Tracks open modal dialogs. The page's keys do nothing while one is open, wherever the focus is: a
// click on plain text in a dialog moves it to the body.

const opened = new Set<HTMLDialogElement>();

export function openModal(dialog: HTMLDialogElement | null): void {
  if (dialog === null) return;
  opened.add(dialog);
  dialog.addEventListener("close", () => opened.delete(dialog), { once: true });
  dialog.showModal();
}

export function isModalOpen(): boolean {
  // A dialog that is removed while open emits no close event.
  return [...opened].some((dialog) => dialog.isConnected && dialog.open);
}
