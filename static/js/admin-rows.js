// Further lines on the page "Enter from paper": a copy of the template of the section, numbered on.
for (const section of document.querySelectorAll("[data-rows]")) {
  const total = section.querySelector(`[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const most = section.querySelector(`[name="${section.dataset.rows}-MAX_NUM_FORMS"]`);
  const button = section.querySelector("[data-add-row]");
  const template = section.querySelector("template");
  button.hidden = false;
  button.addEventListener("click", () => {
    const place = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(place));
    const row = holder.firstElementChild;
    row.querySelector("[data-number]").textContent = String(place + 1);
    row.setAttribute("aria-label", row.getAttribute("aria-label").replace("#", String(place + 1)));
    template.before(row);
    total.value = String(place + 1);
    button.hidden = place + 1 >= Number(most.value);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: section.dataset.rows } }));
    row.querySelector("input, select").focus();
  });
}
