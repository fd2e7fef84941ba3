// Lists that change without a page load: <div data-live="results"> holds a filter form and parts whose ids begin with
// "results". A filter, a chip or another page of the list fetches the page of its address and puts its parts in place.
// Without this script, or where anything fails, the same links and the same form load the page.

const region = document.querySelector("[data-live]");
const WAIT = 350; // milliseconds after the last change of a field

let running = null;
let timer = 0;

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

function partsOf(root) {
  return [...root.querySelectorAll(`[id^="${region.dataset.live}"]`)];
}

function addressOf(form) {
  const values = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(values).toString();
  return query ? `${location.pathname}?${query}` : location.pathname;
}

// Fields take what the address says, but for the one that somebody is in.
function settle(form, fresh) {
  const chosen = document.activeElement;
  for (const field of form.querySelectorAll(".field")) {
    const control = field.querySelector("select, input");
    const other = control && fresh.querySelector(`#${CSS.escape(control.id)}`);
    if (!other || field.contains(chosen)) continue;
    field.replaceWith(other.closest(".field"));
  }
}

async function show(address, { push = true } = {}) {
  running?.abort();
  running = new AbortController();
  region.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"), address, push);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function put(page, address, push) {
  const fresh = page.querySelector("[data-live]");
  if (!fresh) {
    location.assign(address);
    return;
  }
  for (const part of partsOf(region)) {
    const other = fresh.querySelector(`#${CSS.escape(part.id)}`);
    if (other) part.replaceWith(other);
  }
  const form = region.querySelector("form");
  if (form) settle(form, fresh);
  if (push) history.pushState({ live: true }, "", address);
  document.title = page.title;
  region.removeAttribute("aria-busy");
  said.textContent = region.querySelector(".summary")?.textContent.trim() ?? "";
  document.dispatchEvent(new CustomEvent("live:shown"));
}

function followed(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.href);
  const here = address.origin === location.origin && address.pathname === location.pathname;
  if (!here || address.hash || address.searchParams.has("format") || !link.closest(".chips, .pagination, .filters, .empty, [data-live-link]")) return;
  event.preventDefault();
  const paging = link.closest(".pagination");
  show(address.pathname + address.search).then(() => paging && region.scrollIntoView());
  region.focus({ preventScroll: true });
}

if (region) {
  region.tabIndex = -1;
  region.after(said);
  history.replaceState({ live: true }, "");
  region.addEventListener("click", followed);
  region.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOf(event.target));
  });
  region.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => show(addressOf(form)), WAIT);
  });
  addEventListener("popstate", (event) => event.state?.live && show(location.href, { push: false }));
}
