// After a form came back with errors: read their summary first, and go from each of its lines to its field.

function fieldOf(id) {
  const found = document.getElementById(id);
  if (found === null || found.matches("input, select, textarea, button")) {
    return found;
  }
  return found.querySelector("input, select, textarea");
}

const summary = document.querySelector("[data-error-summary]");

if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && fieldOf(link.hash.slice(1));
    if (!field) {
      return;
    }
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
