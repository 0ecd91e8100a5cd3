// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A frame that is sandboxed without an origin of its own can load neither modules nor workers. This is a
// classic script, which it can load, to say so.

if (self.origin === "null" && location.protocol !== "file:") {
  const text = document.createElement("p");
  text.setAttribute("role", "alert");
  text.style.margin = "2rem";
  text.textContent =
    "Ganvas cannot run here: this frame is sandboxed without an origin of its own. " +
    "Add allow-same-origin to the frame's sandbox attribute. " +
    "Ganvas 无法在此运行：这个框架处于沙盒中，没有自己的源。请在 iframe 的 sandbox 属性中加上 allow-same-origin。";
  document.body.append(text);
}
