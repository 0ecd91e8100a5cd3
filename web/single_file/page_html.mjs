// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The HTML of the page as one file, around its contents.

export const pageHtml = ({ policy, icon, styles, files, loader, licences }) => `<!doctype html>
<!-- SPDX-FileCopyrightText: 2026 The Ganvas authors -->
<!-- SPDX-License-Identifier: MIT -->
<!-- The digits inside are the first of MNIST's, by Yann LeCun and Corinna Cortes: CC BY-SA 3.0. -->
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="light dark">
    <title>Ganvas</title>
    <link rel="icon" href="${icon}" type="image/svg+xml">
    <style>${styles}</style>
  </head>
  <body>
    <noscript>
      <p>Ganvas trains a neural network in your browser, which needs JavaScript.</p>
      <p lang="zh-Hans">Ganvas 在浏览器中训练神经网络，需要启用 JavaScript。</p>
    </noscript>
    <div id="opening">
      <p>Nothing happens? Save this file on your computer and open it there, in a browser of 2021 or later.</p>
      <p lang="zh-Hans">没有反应？请把这个文件保存到电脑上，再用 2021 年或更新的浏览器打开。</p>
    </div>
${files}
    <script>${loader}</script>
  </body>
</html>
<!--
${licences}-->
`;
