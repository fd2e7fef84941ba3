// Gives each frame of this registry the height of what it shows. Runs on the page that embeds it; sends nothing, keeps
// nothing, and listens to the registry alone.
(function () {
  "use strict";
  if (!document.currentScript || window.registryFramesResize) return;
  window.registryFramesResize = true;
  var origin = new URL(document.currentScript.src).origin;
  window.addEventListener("message", function (event) {
    var height = event.data && event.data.registryHeight;
    if (event.origin !== origin || typeof height !== "number" || !(height > 0 && height < 20000)) return;
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.height = String(Math.ceil(height));
    });
  });
  // A frame that was ready before this script says its height again.
  document.querySelectorAll("iframe").forEach(function (frame) {
    if (frame.src.indexOf(origin + "/") === 0) frame.contentWindow.postMessage({ registryAsks: true }, origin);
  });
})();
