// Buttons that copy a text: <button type="button" hidden data-copy="text" data-copied="Copied">Copy</button>.
// They stay hidden where nothing can be copied.

const SHOWN_FOR = 2000;

function prepare(button) {
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
    }, SHOWN_FOR);
  });
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(prepare);
}
