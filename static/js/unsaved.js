// Asks before a page is left on which something was typed and not sent: <form data-warn-unsaved>.

const changed = new Set();

function warn(event) {
  event.preventDefault();
}

function note(form) {
  changed.add(form);
  window.addEventListener("beforeunload", warn);
}

for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  form.addEventListener("input", () => note(form));
  form.addEventListener("submit", () => {
    changed.delete(form);
    if (changed.size === 0) {
      window.removeEventListener("beforeunload", warn);
    }
  });
}
