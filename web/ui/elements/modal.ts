// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Modal dialogs, and whether one is open. The page's own keys do nothing behind one, wherever the focus
// is: a click on plain text in a dialog leaves it on the body.

const opened = new Set<HTMLDialogElement>();

export function openModal(dialog: HTMLDialogElement | null): void {
  if (dialog === null) return;
  opened.add(dialog);
  dialog.addEventListener("close", () => opened.delete(dialog), { once: true });
  dialog.showModal();
}

export function isModalOpen(): boolean {
  // A dialog that is removed while open never closes.
  return [...opened].some((dialog) => dialog.isConnected && dialog.open);
}
