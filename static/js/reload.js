// A page about work in the background looks again after so many seconds, as long as it is seen.
const waits = document.querySelector("[data-reload]");
if (waits) {
  setInterval(() => {
    if (!document.hidden) location.reload();
  }, Number(waits.dataset.reload) * 1000);
}
