// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Inside index.html, after the words that it shows where the app does not start soon: says at once that it
// does not, and why. A classic script runs where modules do not: in a page opened from a file, and in a frame that is
// sandboxed without an origin of its own.
//
// Where it does, this starts the training worker, which loads the engine, and the download of the network that the page
// opens with, while the page's own code is still on its way. Their addresses are attributes of the script's element. What
// fails there is tried again by the page, which reports it.

const startup = document.getElementById("startup");

function showNow() {
  startup.className = "now";
  startup.setAttribute("role", "alert");
}

/** Other words, and nothing to try again. */
function explain(...words) {
  for (const [index, paragraph] of [...startup.children].entries()) {
    paragraph.textContent = words[index];
  }
  showNow();
}

if (location.protocol === "file:") {
  explain(
    "A browser cannot start Ganvas from this file. Open ganvas.html instead, which is beside it, or run ./build-wasm.sh --serve.",
    "浏览器无法从这个文件启动 Ganvas。请改为打开同一文件夹中的 ganvas.html，或运行 ./build-wasm.sh --serve。",
  );
} else if (self.origin === "null") {
  explain(
    "Ganvas cannot run here: this frame is sandboxed without an origin of its own. Add allow-same-origin to the frame's sandbox attribute.",
    "Ganvas 无法在此运行：这个框架处于沙盒中，没有自己的源。请在 iframe 的 sandbox 属性中加上 allow-same-origin。",
  );
} else {
  const { worker, weights } = document.currentScript.dataset;
  const { search } = location;
  // In development there is no such file, and an engine of other options is for the page to start.
  if (worker && !/[?&](tier|threads)=/.test(search)) {
    try {
      self.ganvasAhead = new Worker(worker, { type: "module", name: "ganvas-ahead" });
      self.ganvasAhead.onerror = () => {
        self.ganvasAhead = null;
      };
    } catch {
      // Forbidden by the host's content policy.
    }
    // Other views begin with other networks, or none.
    if (!/[?&]view=/.test(search)) {
      const preload = document.createElement("link");
      Object.assign(preload, { rel: "preload", as: "fetch", crossOrigin: "", href: weights });
      document.head.append(preload);
    }
  }
  // A second import of the entry ends as the first did, or starts the app after all.
  import(document.querySelector("script[type=module]").src).catch(showNow);
}
